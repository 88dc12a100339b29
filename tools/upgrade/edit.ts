import ts from 'typescript';
import { ProblemError } from '../../config';

/** A field of an environment that gets another value. */
export interface FieldChange {
  readonly path: readonly [parent: string, field: string];
  readonly value: string;
  /** What the parent is where the file doesn't have it: `{ type: 'controller', release: '3.5.0' }`. @default - it must be there */
  readonly parent?: string;
}

/** What becomes of a file. */
export interface FileEdit {
  /** The whole file afterwards. */
  readonly text: string;
  /** Line of the change, from 1 on. */
  readonly line: number;
  /** What goes. @default - nothing was there */
  readonly before?: string;
  /** What comes in its place. */
  readonly after: string;
}

/**
 * Writes a field into the source of an environment. All else stays as it is, letter by letter: comments, order, quotes.
 *
 * @param file its name, for messages
 * @throws {ProblemError} where the field is not written out: computed, spread in, or handed to a function
 */
export function editField(file: string, source: string, change: FieldChange): FileEdit {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const [parentName, fieldName] = change.path;
  const computed = (node: ts.Node) => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    const [words = ''] = node.getText().split('\n');
    return new ProblemError(`${file}:${line + 1}`, [
      {
        path: change.path.join('.'),
        value: words,
        reason:
          'it is not written out there, so that a change of this one place may change others, or nothing',
        remedy: `write ${fieldName}: '${change.value}' by hand where it comes from`,
      },
    ]);
  };
  const environment = valueOf(tree, computed);
  const replaced = (node: ts.Node, after: string): FileEdit =>
    edit(tree, node.getStart(), node.getEnd(), after);
  const parent = find(environment, parentName, computed);
  if (parent === undefined) {
    if (change.parent === undefined) throw computed(environment);
    return inserted(tree, environment, `${parentName}: ${change.parent}`);
  }
  if (!ts.isObjectLiteralExpression(parent)) throw computed(parent);
  const field = find(parent, fieldName, computed);
  if (field === undefined) return inserted(tree, parent, `${fieldName}: '${change.value}'`);
  if (ts.isStringLiteral(field)) {
    const quote = field.getText().charAt(0);
    return replaced(field, `${quote}${change.value}${quote}`);
  }
  // A release of one's own is an object, which gives way to one that is known here.
  if (!ts.isNoSubstitutionTemplateLiteral(field) && !ts.isObjectLiteralExpression(field))
    throw computed(field);
  return replaced(field, `'${change.value}'`);
}

/** The object that the file calls `environment`. */
function valueOf(tree: ts.SourceFile, computed: (node: ts.Node) => Error): ts.ObjectLiteralExpression {
  for (const statement of tree.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text !== 'environment' || !initializer) continue;
      const value = bare(initializer);
      if (ts.isObjectLiteralExpression(value)) return value;
      throw computed(value);
    }
  }
  throw computed(tree);
}

/** Without what only the type checker sees. */
function bare(node: ts.Expression): ts.Expression {
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)
    ? bare(node.expression)
    : node;
}

/** The value of a property; nothing where the object has none. */
function find(
  object: ts.ObjectLiteralExpression,
  name: string,
  computed: (node: ts.Node) => Error,
): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  // What is spread in after it wins; what is before it may have it where it isn't written.
  let spread: ts.Node | undefined;
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) spread = property;
    else if (property.name && ts.isComputedPropertyName(property.name)) spread = property;
    else if (property.name && nameOf(property.name) === name) {
      if (!ts.isPropertyAssignment(property)) throw computed(property);
      found = bare(property.initializer);
      spread = undefined;
    }
  }
  if (spread) throw computed(spread);
  return found;
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

/** A property after the last one, with the indentation that it has. */
function inserted(tree: ts.SourceFile, object: ts.ObjectLiteralExpression, property: string): FileEdit {
  const { properties } = object;
  const last = properties.at(-1);
  if (!last) return edit(tree, object.getStart(), object.getEnd(), `{ ${property} }`);
  const { text } = tree;
  const isOneLine = !text.slice(object.getStart(), object.getEnd()).includes('\n');
  const line = text.lastIndexOf('\n', last.getStart()) + 1;
  const indent = /^\s*/.exec(text.slice(line, last.getStart()))?.[0] ?? '';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const comma = properties.hasTrailingComma ? '' : ',';
  // After the comma, and after a comment that stands behind it in the same line.
  const after = properties.hasTrailingComma ? text.indexOf(',', last.getEnd()) + 1 : last.getEnd();
  const comment = ts.getTrailingCommentRanges(text, after)?.at(-1)?.end ?? after;
  if (isOneLine) return edit(tree, last.getEnd(), last.getEnd(), `, ${property}`);
  if (comma === '') return edit(tree, comment, comment, `${newline}${indent}${property},`);
  return edit(
    tree,
    last.getEnd(),
    comment,
    `,${text.slice(last.getEnd(), comment)}${newline}${indent}${property},`,
  );
}

function edit(tree: ts.SourceFile, start: number, end: number, after: string): FileEdit {
  const { text } = tree;
  const first = start + (/^[,\s]*\n\s*/.exec(after)?.[0].length ?? 0);
  const changed = `${text.slice(0, start)}${after}${text.slice(end)}`;
  return {
    text: changed,
    line: changed.slice(0, first).split('\n').length,
    ...(end > start && { before: text.slice(start, end) }),
    after: after.replace(/^[,\s]+/, ''),
  };
}
