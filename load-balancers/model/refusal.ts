import { type Source } from '../problem';
import { type Refusal } from './model';

export { type Source };

/** What the controller would not build; its message is in the controller's words. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly source?: Source,
    /** The other party, where two contradict each other. */
    readonly other?: Source,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

/** What `build` makes; its refusal gets words before its own, as with Go's errors.Wrap. */
export function wrapRefusal<T>(words: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refused(`${words}: ${error.message}`, error.source, error.other);
  }
}

/** What `build` makes; its refusal comes from here if it doesn't say where from. */
export function refusedAt<T>(source: Source | undefined, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refused(error.message, error.source ?? source, error.other);
  }
}

/** What is tried, and what stays undone if it is refused. */
interface Attempt {
  readonly blocks: string;
  readonly objects: readonly string[];
  /** Who refuses it. @default 'controller' */
  readonly by?: Refusal['By'];
}

/** What `build` makes; if it refuses, that is written down instead. */
export function attempt<T>(
  refusals: Refusal[],
  { blocks, objects, by = 'controller' }: Attempt,
  build: () => T,
): T | undefined {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refusals.push({
      Blocks: blocks,
      Objects: objects,
      By: by,
      Message: error.message,
      ...(error.source && { Source: error.source }),
      ...(error.other && { Other: error.other }),
    });
    return undefined;
  }
}

/** What an error says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
