/** The order in which parts of a report get room: the later are cut first. */
export const RANK = {
  head: 0,
  risk: 1,
  loadBalancer: 2,
  cost: 3,
  iam: 4,
  lowRisk: 5,
  picture: 6,
  output: 7,
  plan: 8,
} as const;
