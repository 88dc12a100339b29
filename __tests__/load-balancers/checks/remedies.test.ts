import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as ts from 'typescript';
import { explain } from '../../../load-balancers/checks';

const MODEL = join(__dirname, '../../../load-balancers/model');
/** What words of a refusal are given to. */
const REFUSES = /^(?:Refused|refuse|invalid|wrong|forbidden|required|unsupported|duplicate|tooLong)$/;

/** Words round those of another refusal, and ends of such: what they are about isn't written there. */
const PARTS =
  /: 1$|^(?:value out of range|invalid syntax|missing 1\b.*|empty 1|Service 1 not found|spec\.ports\[1\]\.nodePort: may not .*)$/;

/** A text as it is at run time, with a number for each part that isn't known here. */
function textOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `1${literal.text}`).join('');
  if (!ts.isBinaryExpression(node)) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** Words with which the model refuses something, as its sources write them. */
function wordsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const name = node.expression.getText();
      if (REFUSES.test(name)) {
        const texts = (node.arguments ?? []).flatMap((each) => textOf(each) ?? []);
        const text = texts.join(': ');
        if (text.includes(' ')) found.push(name === 'required' ? `${text}: Required value` : text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

const WORDS = readdirSync(MODEL, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => wordsIn(join(MODEL, name)));

describe('what the model refuses', () => {
  it.each([
    ['missing clientSecret, secret: shop/oidc', 'write clientID and clientSecret in the Secret'],
    ['missing actions.go configuration', 'add alb.ingress.kubernetes.io/actions.go'],
    ['missing RedirectConfig', 'write redirectConfig'],
    ['Service "blue" not found', 'add Service blue, or name another one'],
    [
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
      'leave nodePort out, or write type: NodePort',
    ],
    ['empty mutualAuthentication configuration', 'write an entry for each port, or leave the annotation out'],
  ])('%s: %s', (Message, remedy) => {
    expect(explain({ Blocks: 'Ingress shop/web', Objects: [], By: 'controller', Message }).remedy).toBe(
      remedy,
    );
  });

  it('is more than a hundred things', () => {
    expect(WORDS.length).toBeGreaterThan(100);
  });

  it.each([...new Set(WORDS)].filter((words) => !PARTS.test(words)))(
    '%s: has a name and a remedy',
    (Message) => {
      const { code, remedy } = explain({
        Blocks: 'Ingress shop/web',
        Objects: [],
        By: 'controller',
        Message,
      });
      expect(code).not.toBe('refused');
      expect(remedy).toMatch(/^(?:write|leave|add|give|name|tag|have|put) \S/);
      expect(remedy).not.toMatch(/\{[a-zA-Z]+\}|\$\d|undefined/);
    },
  );
});
