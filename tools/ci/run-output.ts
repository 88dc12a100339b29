import { appendFileSync } from 'node:fs';

/** Tells later steps and jobs of a workflow; without one, the reader. */
export function setOutput(env: NodeJS.ProcessEnv, name: string, value: string): void {
  if (/[\r\n]/.test(value)) throw new Error(`output ${name} has more than one line: write it in one`);
  const { GITHUB_OUTPUT: file } = env;
  if (file === undefined || file === '') console.log(`${name}=${value}`);
  else appendFileSync(file, `${name}=${value}\n`);
}

/** Shows Markdown on the page of a workflow run. */
export function addSummary(env: NodeJS.ProcessEnv, text: string): void {
  const { GITHUB_STEP_SUMMARY: file } = env;
  if (file !== undefined && file !== '') appendFileSync(file, `${text}\n`);
}
