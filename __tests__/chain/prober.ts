import { sleep } from '../../tools/kit/process';
import { askFor, type Question } from '../../tools/sandbox/requests';
import { type Sandbox } from '../../tools/sandbox/sandbox';

/** What a client saw that asked all the while. */
export interface Watched {
  readonly asked: number;
  /** Answers other than 200, each once, with how often. */
  readonly failures: Readonly<Record<string, number>>;
}

const EVERY_MS = 200;

/** Asks for a URL five times a second while something happens. */
export async function whileAsking(
  sandbox: Sandbox,
  url: string,
  happens: () => Promise<unknown>,
  question: Question = {},
): Promise<Watched> {
  const failures: Record<string, number> = {};
  let asked = 0;
  let over = false;
  let { LoadBalancers } = await sandbox.state();
  const ask = async () => {
    while (!over) {
      const next = sleep(EVERY_MS);
      // Where load balancers listen is no request of the client's: what was known goes on when nobody answers.
      LoadBalancers = await sandbox.state().then(
        (now) => now.LoadBalancers,
        () => LoadBalancers,
      );
      const seen = await askFor(url, LoadBalancers, sandbox.emulator(), question)
        .then(({ status }) => String(status))
        .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
      asked += 1;
      if (seen !== '200') failures[seen] = (failures[seen] ?? 0) + 1;
      await next;
    }
  };
  const asking = ask();
  try {
    await happens();
    // What a change sets going goes on for a while after Terraform has ended.
    await sleep(10_000);
  } finally {
    over = true;
    await asking;
  }
  return { asked, failures };
}
