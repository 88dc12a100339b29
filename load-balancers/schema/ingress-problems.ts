import { problemsOf, type Problem } from '../problem';
import { albIngress, annotationOf, renderIngress, type AlbIngressSettings } from '../language';
import { schemaOf } from './of-kind';

/** Names a class too, by its older name. */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** What is wrong with settings of an Ingress by themselves. */
export function albIngressProblems(settings: AlbIngressSettings): Problem[] {
  const wrong = problemsOf(schemaOf(albIngress), settings, 'settings');
  return wrong.length > 0 ? wrong : annotationProblems(settings);
}

/** Annotations that people don't write, and those that a prop makes already. */
function annotationProblems({ annotations = {}, ...settings }: AlbIngressSettings): Problem[] {
  if (Object.keys(annotations).length === 0) return [];
  const made = renderIngress({ ...settings, name: '', namespace: '', ingressClassName: '' }).ingress.metadata
    .annotations;
  return Object.entries(annotations).flatMap(([name, value]) => {
    const { output = false } = annotationOf(name) ?? {};
    const said = made?.[name];
    const problem = (reason: string, remedy: string) => [
      { path: `annotations.${name}`, value, reason, remedy },
    ];
    if (output) return problem('the controller writes it', 'remove it');
    if (name === CLASS_ANNOTATION)
      return problem('with it the parameters of the class would not count', 'write ingressClassName');
    return said === undefined ? [] : problem(`a prop says it already: ${said}`, 'remove it here, or there');
  });
}
