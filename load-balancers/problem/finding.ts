import { type Problem } from './problem';
import { type Source } from './source';

/** A problem that a rule found, or that somebody who reads the field would have. */
export interface Finding extends Problem {
  /** A word for its kind, which stays the same from release to release. @default - it has none */
  readonly code?: string;
  /** It may be meant, and is built all the same. @default false */
  readonly warning?: boolean;
  /**
   * Who refuses it: the API server or a webhook, so that `kubectl apply` fails; the controller, when it reconciles; AWS,
   * when the controller asks it. @default - nobody, though it can't be meant
   */
  readonly by?: 'kubernetes' | 'controller' | 'aws';
  /** Where it is in the objects of a cluster. @default - it isn't about one */
  readonly source?: Source;
  /** Which entry of a list, or key of a map, that stands there. @default - the value as a whole */
  readonly at?: number | string;
  /** The other party, where two contradict each other. @default - it is wrong by itself */
  readonly other?: Source;
}
