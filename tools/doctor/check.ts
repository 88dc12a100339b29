import { type Look } from './look';

/** What is broken, and how to mend it. */
export interface DoctorFinding {
  /** What is broken, in a sentence. */
  readonly what: string;
  /** How it was seen: which call, which value. */
  readonly seen: string;
  /** What usually causes it. @default - as its check explains it */
  readonly cause?: string;
  /** Field of the environment, or command, that mends it. */
  readonly remedy: string;
  /** Where others met it. @default - nowhere in public */
  readonly issue?: string;
  /** Whether it is only worth knowing. @default false */
  readonly warning?: boolean;
}

/** One link of the way from DNS to pod, or one thing that has to hold before apply. */
export interface DoctorCheck {
  readonly id: string;
  /** What holds if nothing is found. */
  readonly title: string;
  /** What it reads: IAM actions, and kinds of Kubernetes. */
  readonly needs: readonly string[];
  /** @throws {NotJudged} for what can't be seen here; any other error counts as that too */
  readonly run: (look: Look) => Promise<readonly DoctorFinding[]>;
  /** What it is for and what usually breaks it. */
  readonly explain: string;
}

/** A check could not look; nothing is said of what it is about. */
export class NotJudged extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotJudged';
  }
}

/** Names, as a sentence lists them. */
export const listed = (names: readonly string[]): string => names.join(', ') || 'none';
