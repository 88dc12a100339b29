import { readFileSync } from 'node:fs';
import { request as http, type RequestOptions } from 'node:http';
import { request as https } from 'node:https';
import { type Emulator } from './emulator';
import { type MadeLoadBalancer } from './load-balancers';

/** What a load balancer answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What a request may say beside its URL. */
export interface Question {
  /** DNS name of the load balancer, where the URL has a host of its own. @default - the URL's host */
  readonly loadBalancer?: string;
  /** @default 'GET' */
  readonly method?: string;
  /** @default - none but Host */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The port of loopback at which the load balancer of a URL listens. @throws if there is none */
export function localPort(url: string, loadBalancers: readonly MadeLoadBalancer[], host?: string): number {
  const { hostname, protocol, port } = new URL(url);
  const wanted = Number(port || (protocol === 'https:' ? 443 : 80));
  const balancer = loadBalancers.find(({ DNSName }) => DNSName === (host ?? hostname));
  const listener = balancer?.Listeners.find(({ Port }) => Port === wanted);
  if (!listener?.LocalPort) throw new Error(`no load balancer listens for ${url}`);
  return listener.LocalPort;
}

/**
 * Asks for a URL as a client does whose resolver has the load balancer's name: at the listener's port of loopback, with the name
 * in the Host header.
 *
 * @throws if nobody answers
 */
export function askFor(
  url: string,
  loadBalancers: readonly MadeLoadBalancer[],
  { certificate }: Pick<Emulator, 'certificate'>,
  { loadBalancer, method = 'GET', headers }: Question = {},
): Promise<HttpAnswer> {
  const { protocol, host, pathname, search } = new URL(url);
  const options: RequestOptions = {
    method,
    host: '127.0.0.1',
    port: localPort(url, loadBalancers, loadBalancer),
    path: `${pathname}${search}`,
    headers: { ...headers, host },
    timeout: 10_000,
    agent: false,
  };
  return new Promise((resolve, reject) => {
    // Any certificate of a load balancer is played by the emulator's own.
    const secure = { ca: readFileSync(certificate), servername: 'localhost' };
    const asked = protocol === 'https:' ? https({ ...options, ...secure }) : http(options);
    asked.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (body += part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error(`${url} doesn't answer in time`)));
    asked.on('error', reject);
    asked.end();
  });
}

/** Which pod answered, in the words of its stand-in. */
export function podOf({ body }: HttpAnswer): string | undefined {
  try {
    const { pod } = JSON.parse(body) as { pod?: string };
    return pod;
  } catch {
    return undefined;
  }
}
