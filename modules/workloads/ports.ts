/** Port of every service's Service; the container's own port is behind it. */
export const SERVICE_PORT = { name: 'http', port: 80 } as const;
