import { expect, it } from '@jest/globals';
import { misleadingHealthPort } from '../../../load-balancers/checks/health-port';
import { type Service } from '../../../load-balancers/model';

const service = (targetPort: number | string, nodePort?: number): Service => ({
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { app: 'web' },
    ports: [{ port: 80, targetPort, ...(nodePort !== undefined && { nodePort }) }],
  },
});

it.each([
  ['ip', '80', service(8080), /pods are asked themselves/],
  ['ip', '80', service(80), undefined],
  ['ip', '80', service('http'), undefined],
  ['ip', '9000', service(8080), undefined],
  ['ip', 'traffic-port', service(8080), undefined],
  ['instance', '80', service(8080, 30080), /node ports/],
  ['instance', '80', service(8080, 80), undefined],
  ['instance', '30080', service(8080, 30080), undefined],
  [undefined, '80', service(8080), undefined],
])('targets of type %s at port %s', (type, port, object, reason) => {
  const found = misleadingHealthPort(object, type, port)?.reason;
  expect(reason === undefined ? found : reason.test(found ?? '')).toBe(
    reason === undefined ? undefined : true,
  );
});
