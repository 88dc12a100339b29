/** Services with their routes, the same on AWS (dev.ts) and on a cluster of one's own (local.ts). */
// Answers every path with the name of the pod, until there is an image of your own.
const standIn = {
  image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
  args: ['serve-hostname', '--port=8080'],
};

export const services = [
  { ...standIn, name: 'user-service', paths: [{ path: '/api/users' }] },
  { ...standIn, name: 'product-service', paths: [{ path: '/api/products' }] },
];
