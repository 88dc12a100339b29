import {
  difference,
  type FieldDifference,
  type LoadBalancerDifference,
  type RuleDifference,
} from '../../load-balancers/model';
import { type Preview } from './preview';
import { conditionWords, renamedGroupsWords } from './words';

/** What becomes of a load balancer, without what it was and will be. */
export type PreviewDifference = Omit<LoadBalancerDifference, 'Before' | 'After'>;

export const DIFFERENCE_WORDS: Readonly<Record<LoadBalancerDifference['Change'], string>> = {
  made: 'is made',
  deleted: 'is deleted',
  replaced: 'is deleted and made anew, with another DNS name',
  changed: 'changes',
  frozen: 'stays as it is, since what it is made of would be refused',
  abandoned: 'stays behind without its controller',
};

/** How a setting is taken back that the controller leaves as it is once nobody writes it. */
export function unsetWords(field: string): string {
  if (/^WebAcl/.test(field)) return 'write none to take it off';
  return 'write its default value to take it back';
}

function staysWords({ Field, Before }: FieldDifference): string {
  return `stays, though nothing says it any more: ${Field}: ${valueWords(Before)}; ${unsetWords(Field)}`;
}

/** What differs from an earlier preview. */
export function differencesFrom(before: Preview, after: Preview): readonly PreviewDifference[] {
  return difference(before, after).map(({ Id, Change, ...told }) => ({
    ...{ Id, Change, ReplacedFor: told.ReplacedFor, Refused: told.Refused },
    ...{ Fields: told.Fields, Stays: told.Stays, Rules: told.Rules },
    ...{ LostCertificates: told.LostCertificates, ReplacedTargetGroups: told.ReplacedTargetGroups },
  }));
}

/** A difference as a title and sentences. */
export function differenceWords(told: PreviewDifference): {
  readonly title: string;
  readonly sentences: readonly string[];
} {
  const { Id, Change, ReplacedFor, Fields, Stays, Rules, LostCertificates, ReplacedTargetGroups, Refused } =
    told;
  return {
    title: `${Id} ${DIFFERENCE_WORDS[Change]}${ReplacedFor.length > 0 ? ` (${ReplacedFor.join(', ')})` : ''}`,
    sentences: [
      ...Refused.map((object) => `${object} would be refused`),
      ...LostCertificates.map(
        ({ Port, CertificateArn }) => `certificate ${CertificateArn} goes from port ${Port}`,
      ),
      ...Stays.map(staysWords),
      ...(ReplacedTargetGroups.length > 0
        ? [`${renamedGroupsWords(ReplacedTargetGroups)} ${ReplacedTargetGroups.join(', ')}`]
        : []),
      ...Rules.map(ruleWords),
      ...fieldWords(Fields),
    ],
  };
}

/** A listener or target group that comes or goes as a whole is one sentence. */
function fieldWords(fields: readonly FieldDifference[]): string[] {
  const wholes = fields.filter(
    ({ Field, Before, After }) =>
      /^(?:Listeners|TargetGroups)\..*\.Protocol$/.test(Field) &&
      (Before === undefined || After === undefined),
  );
  const ofWhole = (field: string) =>
    wholes.some(({ Field }) => field.startsWith(Field.replace(/Protocol$/, '')));
  return [
    ...wholes.map(({ Field, Before, After }) => {
      const name = Field.replace(/\.Protocol$/, '')
        .replace(/^Listeners\./, 'listener ')
        .replace(/^TargetGroups\./, 'target group ');
      return `${name} (${valueWords(Before ?? After)}) ${After === undefined ? 'goes' : 'is added'}`;
    }),
    ...fields
      .filter(({ Field }) => !ofWhole(Field))
      .map(({ Field, Before, After }) => {
        const value = valueWords(Before ?? After);
        if (Field.endsWith(`.${value}`)) {
          return `${Field.slice(0, -value.length - 1)}: ${value} ${After === undefined ? 'goes' : 'is added'}`;
        }
        return `${Field}: ${valueWords(Before)} → ${valueWords(After)}`;
      }),
  ];
}

function valueWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function ruleWords({ Port, Change, Before, After }: RuleDifference): string {
  const { Conditions = [] } = After ?? Before ?? {};
  const priorities = [Before, After].flatMap((rule) => rule?.Priority ?? []);
  const words = Conditions.map(conditionWords).join(', ') || 'any request';
  return `rule ${priorities.join(' → ')} of port ${Port} is ${Change}: ${words}`;
}
