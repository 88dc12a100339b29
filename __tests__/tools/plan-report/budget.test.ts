import { describe, expect, it } from '@jest/globals';
import { type Block } from '../../../tools/plan-report/document/block';
import { fit, MOST_CHARACTERS } from '../../../tools/plan-report/document/budget';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { change, changes, report } from './support';

const block = (props: Partial<Block> & { readonly parts: readonly string[] }): Block => ({
  rank: 0,
  what: 'lines',
  count: props.parts.length,
  ...props,
});

describe('fit', () => {
  it('keeps all that there is room for, in the order in which it stands', () => {
    const blocks = [
      block({ rank: 2, parts: ['a', 'b'] }),
      block({ rank: 1, parts: ['c'], frame: { before: '(', after: ')' } }),
    ];

    expect(fit(blocks)).toBe('a\nb\n\n(c)\n');
  });

  it('cuts what has the highest rank, and says what', () => {
    const long = 'x'.repeat(300);
    const text = fit(
      [
        block({ parts: ['head'] }),
        block({ rank: 9, what: 'least important lines', parts: [long, long, long] }),
        block({ rank: 1, what: 'important lines', parts: [long, long] }),
      ],
      2200,
    );

    expect(text).toContain('Cut to stay below 2,200 characters: 2 of 3 least important lines.');
    expect(text.split('\n\n')[0]).toBe('head');
    expect(text.length).toBeLessThanOrEqual(2200);
  });

  it('leaves a block out with its frame where none of it has room', () => {
    const text = fit(
      [
        block({ parts: ['head'] }),
        block({ rank: 1, parts: ['x'.repeat(3000)], frame: { before: '<b>', after: '</b>' } }),
      ],
      2000,
    );

    expect(text).not.toContain('<b>');
    expect(text).toContain('1 of 1 lines');
  });

  it('makes a fence longer than what is in it', () => {
    expect(fit([block({ parts: ['a ```` b', 'c'], frame: { before: '', after: '', fence: 'diff' } })])).toBe(
      '`````diff\na ```` b\nc\n`````\n',
    );
  });

  it('renders no part that has no room', () => {
    let rendered = 0;
    function* parts() {
      for (;;) {
        rendered += 1;
        yield 'x'.repeat(1000);
      }
    }

    expect(fit([{ rank: 0, what: 'parts', count: 1000, parts: parts() }], 5200)).toContain(
      '997 of 1000 parts',
    );
    expect(rendered).toBe(4);
  });
});

describe('a report on 2,000 resources', () => {
  const resources = Array.from({ length: 2000 }, (_, index) =>
    change({
      type: index % 2 === 0 ? 'aws_subnet' : 'aws_route',
      address: `aws_x.y${index}`,
      action: 'delete',
      before: { a: 'x'.repeat(100), b: index },
    }),
  );
  const text = markdown(report([changes('network', resources)]));

  it('stays below the limit of a comment', () => {
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(text.length).toBeGreaterThan(MOST_CHARACTERS - 3000);
  });

  it('cuts the full plan, and tells what is alike in a line', () => {
    expect(text).toMatch(
      /Cut to stay below 65,000 characters: \d+ of 2000 resources in the plan of network\./,
    );
    expect(text).toContain('**2000 long-lived resources are destroyed**');
    expect(text).toContain('1000 × subnet, `aws_x.y0`, ');
    expect(text).toContain('994 more: each is destroyed, with all that is in it');
  });

  it('cuts what can hurt last', () => {
    const cut = markdown(
      report([
        changes(
          'network',
          resources.map((each, index) => ({ ...each, reason: `reason_${index}` })),
        ),
      ]),
    );

    expect(cut).toMatch(/\d+ of 2000 things that can hurt; 2000 of 2000 resources in the plan of network\./);
  });
});
