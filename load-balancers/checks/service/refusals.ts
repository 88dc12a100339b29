import { buildModel, type Service } from '../../model';
import { explain } from '../remedies';
import { type NlbFinding } from './finding';

/** What the API server or the controller would refuse and no check has named. */
export function refusals(service: Service): NlbFinding[] {
  // The other Services of a weighted forward are not known here.
  if (Object.keys(service.metadata.annotations ?? {}).some((name) => name.includes('/actions.'))) return [];
  return buildModel([service]).Refusals.map((refusal) => {
    const { Message, Source } = refusal;
    const { Annotation: annotation, Field: field = 'spec' } = Source ?? {};
    return {
      ...(annotation === undefined ? { field: field.replaceAll(/\[(\d+)\]/g, '.$1') } : { annotation }),
      value: annotation === undefined ? undefined : service.metadata.annotations?.[annotation],
      reason: `the controller would refuse it, in its words: ${Message}`,
      remedy: explain(refusal).remedy,
    };
  });
}
