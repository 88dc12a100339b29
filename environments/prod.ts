import { type EnvironmentInput } from '../config';

// Answers every path with the name of the pod, until there is an image of your own.
const standIn = {
  image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
  args: ['serve-hostname', '--port=8080'],
};

/** Survives the loss of a zone. The name `prod` turns deletion protection and `prevent_destroy` on. */
export const environment: EnvironmentInput = {
  name: 'prod',
  account: '444455556666',
  region: 'eu-west-1',
  sample: false,
  network: {
    kind: 'new',
    cidr: '10.40.0.0/16',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    nat: 'per-zone',
    // AWS's own traffic stays off the NAT gateways.
    interfaceEndpoints: ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'elasticloadbalancing', 'logs', 'sts'],
    flowLogs: { retentionDays: 365, kmsKeyArn: 'create' },
  },
  cluster: {
    kind: 'new',
    kubernetesVersion: '1.36',
    // The API server answers inside the VPC only: through the admin host, a VPN or a runner of your CI.
    endpoint: { privateAccess: true },
    adminHost: {},
    // Nobody else has access, not even whoever creates the cluster: Terraform's role belongs here.
    administrators: ['arn:aws:iam::444455556666:role/platform-admin'],
    accessEntries: [
      {
        principalArn: 'arn:aws:iam::444455556666:role/on-call',
        policies: [{ policy: 'AmazonEKSViewPolicy' }],
      },
    ],
    logging: { retentionDays: 365 },
    zonalShift: true,
    compute: {
      nodeGroups: [
        {
          name: 'system',
          amiFamily: 'BOTTLEROCKET',
          instanceTypes: ['m7i.large'],
          minSize: 3,
          desiredSize: 3,
          maxSize: 6,
        },
        {
          name: 'services',
          instanceTypes: ['m7i.xlarge', 'm6i.xlarge'],
          minSize: 3,
          desiredSize: 3,
          maxSize: 12,
        },
      ],
    },
    addons: { metricsServer: {} },
  },
  workloads: {
    // HTTPS with the certificate that ACM has for the services' host; HTTP is sent there.
    ingress: {
      listeners: [
        { port: 80, protocol: 'HTTP' },
        { port: 443, protocol: 'HTTPS' },
      ],
      sslRedirect: true,
      loadBalancerAttributes: { dropInvalidHeaderFields: true, desyncMitigationMode: 'strictest' },
    },
    services: [
      {
        ...standIn,
        name: 'user-service',
        host: 'api.example.com',
        paths: [{ path: '/api/users' }],
        // After the first push to it write `digest: 'sha256:…'` instead of the stand-in.
        repository: {},
        // Its pods may read one S3 bucket, through an IAM role of their own.
        permissions: [
          { actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::example-user-data'] },
          { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::example-user-data/*'] },
        ],
      },
      {
        ...standIn,
        name: 'product-service',
        host: 'api.example.com',
        paths: [{ path: '/api/products' }],
      },
    ],
  },
};
