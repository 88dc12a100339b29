const STILL_MS = 10_000;

/** What a run of Terraform's came to. */
export interface RunCounts {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** Shows the lines of a plan or an apply as a person follows them: `network 12/30  vpc/private-0: created after 2s`. */
export class RunView {
  private total: number | undefined;
  private done = 0;
  private lastStill = 0;
  private isOver = false;
  /** What Terraform says at the end of an apply. */
  counts: RunCounts = { added: 0, changed: 0, destroyed: 0 };

  constructor(
    /** Short name of what is run. */
    private readonly name: string,
    private readonly say: (text: string) => void,
    /** Writes addresses as people know them. */
    private readonly readable: (text: string) => string = (text) => text,
    /** Whether the plan itself is shown, or what becomes of it alone. @default true */
    private readonly showsPlan = true,
  ) {}

  /** Takes a line that Terraform has written. */
  readonly line = (line: string): void => {
    const plan = /^Plan: (?:\d+ to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy/.exec(line);
    if (plan) this.total = plan.slice(1).reduce((sum, count) => sum + Number(count), 0);
    const complete =
      /^(?:Apply|Destroy) complete! Resources: (?:\d+ imported, )?(?:(\d+) added, )?(?:(\d+) changed, )?(\d+) destroyed/.exec(
        line,
      );
    if (complete) {
      const [added, changed, destroyed] = complete.slice(1).map((count) => Number(count || 0));
      this.counts = { added: added ?? 0, changed: changed ?? 0, destroyed: destroyed ?? 0 };
    }
    // Outputs follow, or how to apply a plan by hand.
    this.isOver ||= complete !== null || /^(?:Outputs:|Saved the plan to: |─)/.test(line);
    const news = newsOf(line);
    if (news) this.progress(news.address, news.words, news.isDone);
    else if (!this.isOver && this.showsPlan && !isReading(line)) this.say(this.readable(line));
  };

  private progress(address: string, words: string, isDone: boolean): void {
    if (isDone) this.done += 1;
    if (words.startsWith('still')) {
      // Terraform says it of each resource every ten seconds: one of them is enough to know that it lives.
      if (Date.now() - this.lastStill < STILL_MS) return;
      this.lastStill = Date.now();
    }
    const count =
      this.total === undefined ? `${this.done}` : `${this.done}/${Math.max(this.total, this.done)}`;
    this.say(`${this.name} ${count}  ${this.readable(address)}: ${words}`);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  Creation: 'created',
  Modifications: 'changed',
  Destruction: 'destroyed',
  Import: 'imported',
};

/** What a line says of a resource, if it is one that a person wants to follow. */
function newsOf(line: string): { address: string; words: string; isDone: boolean } | undefined {
  const [, address, what, rest = ''] =
    /^(\S+)(?: \([^)]*\))?: (Creation|Modifications|Destruction|Import|Still creating|Still modifying|Still destroying)(.*)/.exec(
      line,
    ) ?? [];
  if (address === undefined || what === undefined) return undefined;
  const tail = rest.replace(/ \[id=.*/, '');
  const done = WORDS[what];
  if (done === undefined)
    return {
      address,
      words: `${what.toLowerCase()}${tail.replace(/\.\.\. \[(?:id=[^,\]]*, )?/, ' [')}`,
      isDone: false,
    };
  return { address, words: `${done}${tail.replace(/^ complete/, '')}`, isDone: true };
}

const isReading = (line: string) =>
  /: (?:Refreshing state|Reading|Read complete|Still reading|Opening|Still opening|Closing|Creating|Modifying|Destroying)\b/.test(
    line,
  ) || /: (?:Opening|Closing) complete/.test(line);
