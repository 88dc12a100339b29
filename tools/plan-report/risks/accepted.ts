import { RISK_CODES, type Risk } from './risk';

/** What the environment says of one risk. */
export interface AcceptedRisk {
  /** A code of `--fail-on`; others are of other reports. */
  readonly rule: string;
  readonly address: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string;
  readonly why: string;
}

/** Risks with who answers for them; and what is said of none of them. */
export function accepting(
  risks: readonly Risk[],
  accepted: readonly AcceptedRisk[],
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
      return { ...risk, accepted: { until, why, expired: until < today } };
    }),
    idle: accepted.filter(
      (each) =>
        RISK_CODES.some((code) => code === each.rule) &&
        each.until < today &&
        !risks.some((risk) => isAbout(each, risk)),
    ),
  };
}
