import { map } from '../collections';
import { type AnyKind } from '../kind';
import { atMost, like, text } from '../text';

/**
 * What all of AWS takes in tags, of any script.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html
 */
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const OF_TAGS = 'letters, digits, spaces and _ . : / = + - @';

/**
 * Tags by which the controller knows its own resources; it refuses them, or overwrites what they say.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/deploy/tracking/provider.go
 */
const RESERVED_TAGS = /^(elbv2|ingress|service)\.k8s\.aws\//;

const tagKey = text(
  `1 to 128 ${OF_TAGS}; not aws:, nor those of the controller`,
  like(/./s, 'empty', 'write a tag key of at least one character'),
  atMost(128),
  like(
    /^(?!aws:)/i,
    'AWS keeps keys that begin with aws: for itself',
    'write another key, which does not begin with aws:',
  ),
  (value) =>
    RESERVED_TAGS.test(value)
      ? {
          reason: 'by such tags the controller knows its own resources',
          remedy: 'write another key, such as Team',
        }
      : undefined,
  like(TAG, 'AWS takes no such characters', `write a tag key of ${OF_TAGS} only`),
);

const tagValue = text(
  `at most 256 ${OF_TAGS}`,
  atMost(256),
  like(TAG, 'AWS takes no such characters', `write a tag value of ${OF_TAGS} only`),
);

const unspaced = like(
  /^(?!\s)(.*\S)?$/s,
  'spaces at either end are lost in the annotation',
  'write key and value without spaces at either end',
);

/** Tags of AWS resources. */
export const TAGS = {
  tagKey,
  tagValue,
  /** Of which AWS takes 50 a resource. */
  tags: map(tagKey, tagValue, 50),
  /** Tags that an annotation can say: it has `=` between key and value, and spaces around either are lost. */
  tagsOfAnnotation: map(
    text(
      tagKey.limit,
      like(/^[^=]*$/, '= ends the key in the annotation', 'write a tag key without ='),
      unspaced,
      (value) => tagKey.judge(value)[0],
    ),
    text(tagValue.limit, unspaced, (value) => tagValue.judge(value)[0]),
    50,
  ),
} as const satisfies Readonly<Record<string, AnyKind>>;
