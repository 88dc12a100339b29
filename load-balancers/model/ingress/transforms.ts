import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Transform } from '../model';
import { type Ingress } from '../objects';
import { Refused } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { slice, optional, readJson, struct, goString, type Filled } from '../go/json-form';

const REWRITES = struct('RewriteConfigObject', {
  rewrites: slice(
    'ingress.RewriteConfig',
    struct('RewriteConfig', { regex: goString(), replace: goString() }),
  ),
});
const TRANSFORMS = slice(
  'ingress.Transform',
  struct('Transform', {
    type: goString('ingress.TransformType'),
    hostHeaderRewriteConfig: optional(REWRITES),
    urlRewriteConfig: optional(REWRITES),
  }),
);

/**
 * What the annotation `transforms.<service>` rewrites.
 * @throws {Refused}
 */
export function readTransforms(ingress: Ingress, serviceName: string): readonly Transform[] {
  const suffix = `transforms.${serviceName}`;
  const transforms = readJson(ingress, suffix, TRANSFORMS) ?? [];
  if (transforms === KNOWN_AFTER_APPLY) return [{ Type: transforms }];
  const refuse = (message: string) => new Refused(message, INGRESS_ANNOTATIONS.source(ingress, suffix));
  return transforms.map((transform): Transform => {
    const rewritesOf = (name: 'hostHeaderRewriteConfig' | 'urlRewriteConfig') => {
      const config = transform[name];
      if (config === undefined) throw refuse(`missing ${name}`);
      if (config.rewrites.length === 0) throw refuse(`${name}.rewrites cannot be empty`);
      return { Rewrites: config.rewrites.map(rewriteOf) };
    };
    switch (transform.type) {
      case 'host-header-rewrite':
        return { Type: transform.type, HostHeaderRewriteConfig: rewritesOf('hostHeaderRewriteConfig') };
      case 'url-rewrite':
        return { Type: transform.type, UrlRewriteConfig: rewritesOf('urlRewriteConfig') };
      default:
        if (isUnknown(transform.type)) return { Type: KNOWN_AFTER_APPLY };
        throw refuse(`unknown transform type: ${transform.type}`);
    }
  });
}

function rewriteOf({ regex, replace }: Filled<typeof REWRITES>['rewrites'][number]) {
  return { Regex: regex, Replace: replace };
}
