import policies from './data/ssl-policies.json';

/** Security policies that HTTPS listeners of an Application Load Balancer take. */
export const SSL_POLICIES: readonly string[] = policies;

/**
 * The policy that AWS recommends: TLS 1.3 and 1.2 with restricted ciphers, and post-quantum key agreement for clients
 * that know it.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const CURRENT_SSL_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
