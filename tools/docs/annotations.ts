import { ANNOTATIONS, INGRESS_PREFIX } from '../../load-balancers/language';

/** The annotations of an Ingress with what people write in their place, as a table of docs/ingress.md. */
export function annotationTable(): string {
  const rows = ANNOTATIONS.flatMap(({ name, on, prop, params, output, deprecated }) => {
    if (!on.includes('ingress')) return [];
    const meaning = output
      ? 'written by the controller'
      : deprecated
        ? `deprecated: ${short(deprecated)}`
        : `\`${prop ?? 'ingressClassName'}\``;
    return [`| \`${short(name)}\` | ${meaning} | ${params ? `\`${params}\`` : ''} |`];
  });
  return ['| annotation | prop | IngressClassParams |', '|---|---|---|', ...rows].join('\n');
}

const short = (name: string) => name.replace(INGRESS_PREFIX, '');

/** A page with a table made anew between its marks: `<!-- annotations -->` and `<!-- /annotations -->`. */
export function withTable(page: string, mark: string, table: string): string {
  const [start, end] = [`<!-- ${mark} -->\n`, `\n<!-- /${mark} -->`];
  const [before, after] = [page.indexOf(start), page.indexOf(end)];
  if (before < 0 || after < 0) throw new Error(`the page has no marks ${start.trim()} and ${end.trim()}`);
  return `${page.slice(0, before)}${start}${table}${page.slice(after)}`;
}
