import { statementsOf } from '../plan-report/iam/statement';
import { isMap, jsonIn } from '../plan-report/changes/values';

const ANNOTATION = /^(?:alb\.ingress|service\.beta)\.kubernetes\.io\//;
const PAIRS = /^\s*[\w.-]+=[^,=]*(?:,\s*[\w.-]+=[^,=]*)*$/;

/** Two values are equal in this form if they mean the same: order where it means nothing, and the writing of JSON, are gone. */
export function canonical(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return canonicalText(value, key);
  if (Array.isArray(value)) {
    const items = value.map((each) => canonical(each));
    return key === 'depends_on' ? items.map(String).sort() : items;
  }
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, canonical(each, name)]),
  );
}

function canonicalText(text: string, key: string): unknown {
  const json = jsonIn(text);
  if (json !== undefined) return { json: canonicalPolicy(json) ?? canonical(json) };
  if (ANNOTATION.test(key) && PAIRS.test(text))
    return text
      .split(',')
      .map((pair) => pair.trim())
      .sort()
      .join(',');
  return text;
}

/** The statements of a policy in any order, and what is in them. */
function canonicalPolicy(document: unknown): unknown {
  const statements = statementsOf(document);
  return statements?.map((statement) => JSON.stringify(statement)).sort();
}
