import { type Ingress } from '../objects';

/**
 * The annotation `conditions.<service>`, parsed and validated; the admission webhook calls it for every path's Service.
 * @throws {Refused} in the builder's words, without the webhook's wrapping
 */
export function readConditions(ingress: Ingress, serviceName: string): readonly unknown[] {
  throw new Error(`not built: ${ingress.metadata.name} ${serviceName}`);
}
