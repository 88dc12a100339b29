import { SERVICE_ANNOTATIONS } from '../annotations';
import { type Service } from '../objects';
import { compareText, pairsOf } from '../origin';
import { Refused } from '../refusal';
import { type ControllerSettings } from '../settings';
import { withDefaultTags, type Tags } from '../tags';
import { sourcesOf } from './annotation';

const SUFFIX = 'aws-load-balancer-additional-resource-tags';

/** Tags of all that the controller makes for a Service. @throws {Refused} for a tag that something else manages */
export function tagsOf(service: Service, settings: ControllerSettings): Tags {
  const tags = pairsOf(SERVICE_ANNOTATIONS.map(service, SUFFIX));
  const managed = [...tags.keys()]
    .sort(compareText)
    .find((key) => settings.externalManagedTags.includes(key));
  if (managed !== undefined) {
    throw new Refused(
      `external managed tag key ${managed} cannot be specified on Service`,
      SERVICE_ANNOTATIONS.source(service, SUFFIX),
    );
  }
  return { value: withDefaultTags(tags, settings), sources: sourcesOf(service, SUFFIX) };
}
