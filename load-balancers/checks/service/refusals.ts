import { buildModel, type Service } from '../../model';
import { type ObjectFinding } from '../finding';
import { refusalFindings } from '../refusals';

/** What the API server or the controller would refuse and no check has named. */
export function refusals(service: Service): ObjectFinding[] {
  // The other Services of a weighted forward are not known here.
  if (Object.keys(service.metadata.annotations ?? {}).some((name) => name.includes('/actions.'))) return [];
  return refusalFindings([service], buildModel([service]).Refusals);
}
