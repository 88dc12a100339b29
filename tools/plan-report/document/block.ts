import { fence, longestRun } from './markdown';

/** A part of a report that is shown as far as there is room: what comes first is kept longest. */
export interface Block {
  /** Order in which blocks get room; where they stand is another matter. */
  readonly rank: number;
  readonly parts: Iterable<string>;
  /** What its parts are, for the note on what was cut: `resources in the plan of cluster`. */
  readonly what: string;
  /** How many parts there are. */
  readonly count: number;
  /** What stands around the parts that are shown. @default - nothing */
  readonly frame?: Frame;
  /** Between parts. @default a new line */
  readonly separator?: string;
}

export interface Frame {
  readonly before: string;
  readonly after: string;
  /** Language of a fence within; it is as long as its lines ask for. @default - no fence */
  readonly fence?: string;
}

/** The parts that are shown of a block. */
export class Chosen {
  private readonly texts: string[] = [];
  private body = 0;
  private run = 0;

  constructor(readonly block: Block) {}

  get shown(): number {
    return this.texts.length;
  }

  get cut(): number {
    return this.block.count - this.shown;
  }

  /** Letters it takes, with the two new lines after it. */
  get length(): number {
    return this.texts.length === 0 ? 0 : this.body + this.around(this.run);
  }

  /** Takes a part in if there is room for it. */
  take(text: string, room: number): boolean {
    const body = this.body + text.length + (this.texts.length === 0 ? 0 : this.separator.length);
    const run = this.block.frame?.fence === undefined ? 0 : Math.max(this.run, longestRun(text));
    if (body + this.around(run) - this.length > room) return false;
    this.texts.push(text);
    this.body = body;
    this.run = run;
    return true;
  }

  toString(): string {
    const { before = '', after = '' } = this.block.frame ?? {};
    const { open, close } = this.marks(this.run);
    return `${before}${open}${this.texts.join(this.separator)}${close}${after}`;
  }

  private get separator(): string {
    return this.block.separator ?? '\n';
  }

  private around(run: number): number {
    const { before = '', after = '' } = this.block.frame ?? {};
    const { open, close } = this.marks(run);
    return before.length + open.length + close.length + after.length + 2;
  }

  private marks(run: number): { open: string; close: string } {
    const language = this.block.frame?.fence;
    if (language === undefined) return { open: '', close: '' };
    return { open: `${fence(run)}${language}\n`, close: `\n${fence(run)}` };
  }
}
