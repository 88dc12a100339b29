/** What the package of load-balancers/ has at its root: manifests in, load balancers out. */
export { InputError } from '../kit/input-error';
export { type Input } from './input';
export { type ManifestFile } from './documents';
export { readManifests } from './manifests';
export { preview, type Preview, type PreviewFinding } from './preview';
