import { afterAll, describe, expect, it } from '@jest/globals';
import { acceptedAtBase } from '../../../tools/plan-report/accepted-at-base';
import { code } from '../../../tools/plan-report/document/markdown';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { type Report } from '../../../tools/plan-report/report';
import { type AcceptedRisk } from '../../../tools/plan-report/risks/accepted';
import { isOf } from '../../../tools/plan-report/risks/risk';
import { SmallProject } from '../synth-diff/small-project';
import { change, changes, read, report } from './support';

const cidrs = (network: string) => ({
  vpc_config: [{ endpoint_public_access: true, public_access_cidrs: [network] }],
});
const opened = changes('cluster', [
  change({ type: 'aws_eks_cluster', before: cidrs('10.0.0.0/8'), after: cidrs('0.0.0.0/0') }),
]);
const made = (...accepted: readonly AcceptedRisk[]): Report =>
  report([opened], { accepted: { now: accepted } });
const entry = (more: Partial<AcceptedRisk> = {}): AcceptedRisk => ({
  rule: 'open-to-world',
  address: 'aws_eks_cluster.y',
  until: '2026-11-21',
  why: 'Runners have no fixed addresses',
  ...more,
});
const fails = ({ risks }: Report) => risks.some((risk) => isOf(risk, 'open-to-world'));

describe('a risk that the environment accepts', () => {
  it('is shown with day and reason, counts no more and stops no gate, on its last day too', () => {
    const text = markdown(made(entry()));

    expect(fails(made())).toBe(true);
    expect(fails(made(entry()))).toBe(false);
    expect(text).toContain('1 risk is accepted by the environment, the first until 2026-11-21');
    expect(text).toMatch(
      /### Accepted\n\n- 🔴 .*accepted until 2026-11-21: `Runners have no fixed addresses`/,
    );
    expect(text).not.toContain('opened to the world**');
  });

  it('counts once its day is over, and says so', () => {
    const over = made(entry({ until: '2026-11-20' }));

    expect(fails(over)).toBe(true);
    expect(markdown(over)).toContain(
      '(accepted until 2026-11-20, which is over: `Runners have no fixed addresses`)',
    );
    expect(markdown(over)).toContain('Accepted until a day that is over: `aws_eks_cluster.y`');
  });

  it.each([{ address: 'aws_eks_cluster.other' }, { rule: 'drift' }])('is that one alone: not %j', (more) => {
    expect(fails(made(entry(more)))).toBe(true);
  });

  it('is told of when it is over, though nothing is about it', () => {
    expect(made(entry({ address: 'gone', until: '2020-01-01' })).idleAcceptances).toHaveLength(1);
    expect(made(entry({ rule: 'CKV_AWS_39', until: '2020-01-01' })).idleAcceptances).toEqual([]);
  });
});

describe('what comes with the change itself', () => {
  const changed = (...atBase: readonly AcceptedRisk[]) =>
    report([opened], { accepted: { now: [entry()], atBase } });

  it('does not count yet, and is said first', () => {
    const text = markdown(changed());

    expect(fails(changed())).toBe(true);
    expect(text).toContain('Accepted in this change, which does not count yet: `aws_eks_cluster.y`');
    expect(text).toContain('**1 thing is opened to the world**');
    expect(text).toContain('in this change: it does not count yet');
  });

  it('is a later day, too; an earlier one is none', () => {
    expect(fails(changed(entry({ until: '2026-11-20' })))).toBe(true);
    expect(fails(changed(entry({ until: '2027-01-01' })))).toBe(false);
  });

  describe('in a repository', () => {
    const project = new SmallProject();
    afterAll(() => {
      project.remove();
    });
    const writes = (accepted: readonly AcceptedRisk[]) => {
      project.write('register.cjs', '');
      project.write(
        'config.js',
        `exports.loadEnvironments = async (name, today) => {
           if (name !== 'dev' || today !== '2026-11-21') throw new Error(name + today);
           return [{ environment: { accepted: ${JSON.stringify(accepted)} } }];
         };`,
      );
      return project.commit();
    };

    it('is what the commit before it had not', async () => {
      const base = writes([entry()]);
      writes([entry(), entry({ rule: 'drift' })]);

      expect(await acceptedAtBase(base, 'dev', '2026-11-21', project.folder)).toEqual([entry()]);
    });

    it('is all, of an environment that the commit has not', async () => {
      const base = project.git('rev-parse', 'HEAD').trim();
      expect(await acceptedAtBase(base, 'new', '2026-11-21', project.folder)).toEqual([]);
    });

    it('refuses a commit that is not there', async () => {
      await expect(acceptedAtBase('gone', 'dev', '2026-11-21', project.folder)).rejects.toThrow(
        '--base gone',
      );
    });
  });
});

describe('what was not read', () => {
  const calm = 'nothing goes but what is known to be harmless';

  it.each([
    [
      { errored: true, complete: false },
      'incomplete: Terraform stopped with an error. Nothing below is the whole.',
    ],
    [{ complete: false }, 'incomplete: changes are put off'],
  ])('is said first: %j', (more, words) => {
    const text = markdown(report([read([], more)]));

    expect(text.split('\n')[2]).toContain(words);
    expect(text).not.toContain(calm);
    expect(text).toContain('Cost of what there is of the plans: ');
  });

  it('is said of checks that do not hold', () => {
    const checks = [
      {
        address: { to_display: 'check.health' },
        status: 'fail',
        instances: [{ problems: [{ message: 'is down' }] }],
      },
      { address: { to_display: 'check.fine' }, status: 'pass' },
    ];

    expect(markdown(report([read([], { checks })]))).toContain(
      '**1 check does not hold:** `check.health: is down`',
    );
  });

  it('is said of stacks and of policies', () => {
    const later = changes('cluster', [
      change({ type: 'aws_iam_policy', action: 'create', after: { policy: '(known after apply)' } }),
    ]);
    const text = markdown(report([later]));

    expect(text).toContain('**Not judged: network, addons, workloads, of which there is no plan.**');
    expect(text).toContain('**1 policy is known after apply only**');
    expect(text).toContain('has a policy that nobody knows before apply: `policy`');
    expect(text).not.toContain(calm);
    expect(markdown(report([]))).toContain('Nothing is judged.');
  });
});

describe('an address of mail', () => {
  it.each(['mailto:a@example.com|', 'a@example.com <b>'])(
    'is no link in Markdown that is still read: %s',
    (text) => {
      expect(code(text)).toContain('&#64;<wbr>');
    },
  );
});
