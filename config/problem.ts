export { formatProblem, ProblemError, type Finding, type Problem } from '../load-balancers/problem';
