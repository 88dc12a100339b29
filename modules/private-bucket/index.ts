export { closeBucket } from './close-bucket';
