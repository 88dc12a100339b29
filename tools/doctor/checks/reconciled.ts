import { failureFinding } from '../catalogue';
import { type DoctorCheck, type DoctorFinding, NotJudged } from '../check';
import { ClusterError, type ClusterObject } from '../../kit/cluster-api';
import { controllerPods, wantedController } from '../controller';
import { type LiveEvent, servedObjects, type Served } from '../objects';

const toldAt = ({ lastTimestamp, eventTime }: LiveEvent): string => lastTimestamp ?? eventTime ?? '';

/** When somebody last wrote the object, its status aside. */
function writtenAt({ metadata: { managedFields = [] } }: ClusterObject): string {
  const times = managedFields.flatMap(({ time = '', subresource }) =>
    subresource === undefined ? time : [],
  );
  return times.sort().at(-1) ?? '';
}

/** The newest event of the controller on each object; an older failure that was overcome doesn't count. */
function newestEvents(events: readonly LiveEvent[]): ReadonlyMap<string, LiveEvent> {
  const newest = new Map<string, LiveEvent>();
  for (const event of [...events].sort((one, other) => toldAt(one).localeCompare(toldAt(other)))) {
    const { kind, namespace = '', name } = event.involvedObject;
    newest.set(`${kind} ${namespace}/${name}`, event);
  }
  return newest;
}

export const reconciled: DoctorCheck = {
  id: 'reconciled',
  title: 'The controller has made of each Ingress, Service and TargetGroupBinding what it says',
  needs: ['Kubernetes'],
  explain:
    'Events of the object say what the controller could not do; one bad Ingress stops its whole group.',
  run: async (look) => {
    const [served, events] = await Promise.all([servedObjects(look), look.list<LiveEvent>('/api/v1/events')]);
    const newest = newestEvents(events);
    // After 25 events of one object the controller keeps the next ones back, one in five minutes aside:
    // https://github.com/kubernetes/client-go/blob/v0.35.0/tools/record/events_cache.go
    const stale: string[] = [];
    const findings = served.flatMap(({ kind, key, object }: Served): DoctorFinding[] => {
      const event = newest.get(`${kind} ${key}`);
      if (event?.type === 'Warning' && toldAt(event) <= writtenAt(object)) {
        stale.push(`${kind} ${key} was changed after its newest event, and how that ended is not told yet`);
        return [];
      }
      if (event?.type === 'Warning') {
        const { reason = '', message = '' } = event;
        return [failureFinding(`${kind} ${key} is not as it says: ${reason}`, 'its newest event', message)];
      }
      if (kind === 'TargetGroupBinding' || (object.status?.loadBalancer?.ingress ?? []).length > 0) return [];
      return [
        {
          what: `${kind} ${key} has no load balancer`,
          seen: 'its status names none, and no event says why',
          cause: 'The controller has just begun, does not run, or does not serve its class.',
          remedy: `kubectl -n ${object.metadata.namespace ?? ''} describe ${kind.toLowerCase()} ${object.metadata.name}`,
        },
      ];
    });
    if (findings.length === 0 && stale.length > 0) throw new NotJudged(stale.join('; '));
    return findings;
  },
};

export const controllerLog: DoctorCheck = {
  id: 'controller-log',
  title: 'The log of the controller tells of no failure',
  needs: ['Kubernetes'],
  explain: 'What belongs to no object, such as credentials, names and permissions, is in the log alone.',
  run: async (look) => {
    const { namespace } = await wantedController(look);
    const api = await look.kubernetes();
    const lines = new Map<string, string>();
    for (const { metadata } of await controllerPods(look)) {
      const text = await api
        .get(`/api/v1/namespaces/${namespace}/pods/${metadata.name}/log?sinceSeconds=120&tailLines=500`)
        .catch((error: unknown) => {
          if (!(error instanceof ClusterError)) throw error;
          throw new NotJudged(`the log of pod ${metadata.name} is not to be had: ${error.message}`);
        });
      for (const line of text.split('\n')) {
        const failure = loggedFailure(line);
        if (failure !== undefined) lines.set(failure, metadata.name);
      }
    }
    return [...lines].map(([message, pod]) =>
      failureFinding('The controller reports a failure', `log of pod ${pod}`, message),
    );
  },
};

/** What a line of the log says went wrong; nothing for one that is no error. */
export function loggedFailure(line: string): string | undefined {
  if (!line.startsWith('{')) return /\b(fatal|panic|error)\b/i.test(line) ? line : undefined;
  try {
    const {
      level,
      msg = '',
      error = '',
    } = JSON.parse(line) as { level?: string; msg?: string; error?: string };
    return level === 'error' || level === 'fatal' ? [msg, error].filter(Boolean).join(': ') : undefined;
  } catch {
    return undefined;
  }
}
