export { nearest, oneOf } from '../modules/validation';
