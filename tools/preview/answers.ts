import { answersTo, requestOf } from '../../load-balancers/checks';
import { type Action, type LoadBalancer, type Source } from '../../load-balancers/model';
import { InputError } from '../kit/input-error';

/** What a load balancer does with a request that a person asked for. */
export interface RequestAnswer {
  readonly Request: string;
  /** Its `Id`; which load balancer a host leads to, DNS says. */
  readonly LoadBalancer: string;
  readonly Port: number;
  readonly Protocol: string;
  /** Of the rule that takes it. @default - none does: the listener's default actions answer */
  readonly Priority?: number;
  readonly Actions: readonly Action[];
  /** Ingresses and fields that its rule comes from. */
  readonly From: readonly Source[];
  /** Priorities of rules before it that may take it: that depends on what isn't known, or wasn't asked. */
  readonly MayBe: readonly number[];
}

/** @throws {InputError} for what is no URL of HTTP, or one where no load balancer listens */
export function answersOf(
  loadBalancers: readonly LoadBalancer[],
  urls: readonly string[],
): readonly RequestAnswer[] {
  return urls.flatMap((url) => {
    const request = read(url);
    const answers = answersTo(loadBalancers, request);
    if (answers.length === 0) {
      const ports = loadBalancers.flatMap(({ Listeners }) =>
        Listeners.map(({ Protocol, Port }) => `${Protocol} ${Port}`),
      );
      throw new InputError(
        `--request ${url}: no load balancer listens on ${request.protocol.toUpperCase()} ${request.port}: write a URL of ${[...new Set(ports)].join(', ') || 'one that does'}`,
      );
    }
    return answers.map(({ LoadBalancer: { Id }, Listener, Rule, MayBe }) => ({
      ...{ Request: url, LoadBalancer: Id, Port: Listener.Port, Protocol: Listener.Protocol },
      ...(Rule && { Priority: Rule.Priority }),
      Actions: Rule?.Actions ?? Listener.DefaultActions,
      From:
        Rule?.Origin.Conditions ??
        (Rule ? Object.values(Rule.Origin).flat() : (Listener.Origin.DefaultActions ?? [])),
      MayBe: MayBe.map(({ Priority }) => Priority),
    }));
  });
}

function read(url: string) {
  try {
    return requestOf(url);
  } catch {
    throw new InputError(`--request '${url}' is no URL of HTTP: write such as https://shop.example.com/cart`);
  }
}
