import type { Config } from '../config/index.ts';

/** Where and how to reach Temporal, for the client and for the worker's native connection alike. */
export function temporalConnectionOptions(
  config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_PORT' | 'TEMPORAL_TLS' | 'TEMPORAL_API_KEY'>,
): { address: string; tls?: boolean; apiKey?: string } {
  return {
    address: config.TEMPORAL_ADDRESS ?? `127.0.0.1:${config.TEMPORAL_PORT}`,
    ...(config.TEMPORAL_TLS ? { tls: true } : {}),
    ...(config.TEMPORAL_API_KEY === null ? {} : { apiKey: config.TEMPORAL_API_KEY }),
  };
}
