import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as cdktf from 'cdktf';
import ts from 'typescript';

const ROOT = join(__dirname, '..');
const FOLDERS = ['config', 'load-balancers', 'modules', 'stacks', 'tools'];

/** Sources of the product; environments/ is left out, for each of its files exports one of the same name. */
const SOURCES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/(^|\/)(node_modules|dist)\//.test(name))
    .map((name) => join(folder, name)),
);

/** Names that a source declares and exports; what it hands on from another is that one's. */
function exportedNames(file: string, text: string): string[] {
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const imported = new Set(
    statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
      const bindings = importClause?.namedBindings;
      return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
    }),
  );
  return statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (!exportClause || !ts.isNamedExports(exportClause)) return [];
      return exportClause.elements
        .filter(({ name, propertyName }) =>
          moduleSpecifier ? propertyName !== undefined : !imported.has((propertyName ?? name).text),
        )
        .map(({ name }) => name.text);
    }
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations
        .map(({ name }) => name)
        .filter(ts.isIdentifier)
        .map(({ text: name }) => name);
    }
    return [(statement as ts.DeclarationStatement).name?.text ?? ''];
  });
}

/** Files by the names that they export. */
const FILES = new Map<string, Set<string>>();
for (const file of SOURCES) {
  for (const name of exportedNames(file, readFileSync(join(ROOT, file), 'utf8'))) {
    FILES.set(name, (FILES.get(name) ?? new Set()).add(file));
  }
}

describe('exported names', () => {
  it('are found', () => {
    expect(exportedNames('a.ts', "import { a } from 'a'; export { a }; export const b = 1, c = 2;")).toEqual([
      'b',
      'c',
    ]);
    expect(exportedNames('a.ts', "export { a, b as c } from 'a'; const d = 1; export { d as e };")).toEqual([
      'c',
      'e',
    ]);
    expect(FILES.get('AlbIngress')).toEqual(new Set(['modules/ingress/alb-ingress.ts']));
  });

  it('stand for one thing each', () => {
    const several = [...FILES].filter(([, files]) => files.size > 1).map(([name]) => name);
    expect(several.map((name) => [name, ...(FILES.get(name) ?? [])].join(' '))).toEqual([]);
  });

  it('are none of cdktf', () => {
    expect([...FILES.keys()].filter((name) => name in cdktf)).toEqual([]);
  });
});
