import { sleep } from '../kit/process';
import { type Emulator } from './emulator';
import { type EmulatorState, type MadeLoadBalancer } from './load-balancers';
import { type StackReport } from './report';
import { askFor, localPort, podOf, type HttpAnswer } from './requests';

/** A URL that a load balancer answers. */
export interface ServedUrl {
  readonly name: string;
  readonly url: string;
  /** Status that it has to have. */
  readonly expected: number;
}

/** A route with what was answered. */
export interface Visit extends ServedUrl {
  /** The same from this machine. */
  readonly local: string;
  readonly answer: HttpAnswer;
  readonly pod?: string;
}

const NOWHERE = 'no-service-is-here';

/** The routes that the stacks publish, and on the services' load balancer a path that is none. */
export function servedUrls(reports: readonly Pick<StackReport, 'outputs'>[]): ServedUrl[] {
  const outputs: Record<string, unknown> = Object.fromEntries(
    reports.flatMap((report) => Object.entries(report.outputs)),
  );
  const services = Object.entries((outputs.service_urls ?? {}) as Record<string, string>);
  const named: [string, unknown][] = [['2048', outputs.sample_url], ...services];
  const routes = named.flatMap(([name, url]) =>
    typeof url === 'string' && url !== '' ? [{ name, url, expected: 200 }] : [],
  );
  const shared = outputs.url;
  if (typeof shared !== 'string' || shared === '') return routes;
  return [...routes, { name: 'no route', url: new URL(NOWHERE, shared).href, expected: 404 }];
}

/** Asks for each route through its load balancer. @throws if nobody answers */
export async function visit(
  routes: readonly ServedUrl[],
  { LoadBalancers }: Pick<EmulatorState, 'LoadBalancers'>,
  emulator: Pick<Emulator, 'certificate'>,
): Promise<Visit[]> {
  return Promise.all(
    routes.map(async (route) => {
      const answer = await askFor(route.url, LoadBalancers, emulator);
      const pod = podOf(answer);
      const local = localUrl(route.url, LoadBalancers);
      return { ...route, local, answer, ...(pod !== undefined && { pod }) };
    }),
  );
}

/** A load balancer's URL as it is on this machine: listeners are ports of loopback. */
export function localUrl(url: string, loadBalancers: readonly MadeLoadBalancer[]): string {
  const { protocol, pathname, search } = new URL(url);
  return `${protocol}//localhost:${localPort(url, loadBalancers)}${pathname}${search}`;
}

const READY_MS = 90_000;

/** Waits until every target group has targets and all of them are healthy. @throws after a while, naming those that aren't */
export async function whenHealthy(state: () => Promise<EmulatorState>): Promise<EmulatorState> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const now = await state();
    const unready = now.LoadBalancers.flatMap(({ TargetGroups }) => TargetGroups).filter(
      ({ Targets }) => Targets.length === 0 || Targets.some(({ State }) => State !== 'healthy'),
    );
    if (now.LoadBalancers.length > 0 && unready.length === 0) return now;
    if (Date.now() > deadline) {
      const names = unready.map(({ Id }) => Id).join(', ') || 'no load balancer was made';
      throw new Error(`targets are not healthy after ${READY_MS / 1000} s: ${names}`);
    }
    await sleep(500);
  }
}
