export { NlbService, type NlbServiceProps } from './nlb-service';
