import { type AcceptedRisk } from '../../../config';
import { RISK_CODES, type Risk } from './risk';

export { type AcceptedRisk } from '../../../config';

/** Entries, and those that there were before the change. */
export interface AcceptedRisks {
  readonly now: readonly AcceptedRisk[];
  /** @default - all that are now: nothing is compared */
  readonly atBase?: readonly AcceptedRisk[];
}

/**
 * Risks with who answers for them; and what is said of none of them. An entry, or a later day of it, that comes with the change itself
 * doesn't count yet: nobody switches off the gate that his own change is to pass.
 */
export function accepting(
  risks: readonly Risk[],
  { now: accepted, atBase = accepted }: AcceptedRisks,
  today: string,
): { readonly risks: Risk[]; readonly idle: AcceptedRisk[] } {
  const isAbout = ({ rule, address }: AcceptedRisk, risk: Risk) =>
    rule === risk.code && address === risk.address;
  return {
    risks: risks.map((risk) => {
      const found = accepted
        .filter((each) => isAbout(each, risk))
        .sort((a, b) => (a.until < b.until ? 1 : -1));
      const [last] = found;
      if (!last) return risk;
      const { until, why } = last;
      const isNew = !atBase.some((each) => isAbout(each, risk) && each.until >= until);
      return { ...risk, accepted: { until, why, expired: until < today, ...(isNew && { isNew }) } };
    }),
    idle: accepted.filter(
      (each) =>
        RISK_CODES.some((code) => code === each.rule) &&
        each.until < today &&
        !risks.some((risk) => isAbout(each, risk)),
    ),
  };
}
