export { nearest, oneOf } from '../load-balancers/problem';
