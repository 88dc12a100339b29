export { nearest, oneOf } from '../modules/ingress/nearest';
