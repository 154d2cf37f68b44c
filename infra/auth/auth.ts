import { betterAuth } from 'better-auth';
import { authOptions, createAuthPool, type AuthSettings } from './auth-options.ts';

/** better-auth over its own small pool. One per process; `close` ends the pool. */
export function createAuth(settings: AuthSettings) {
  const pool = createAuthPool(settings.databaseUrl, 4);
  return { auth: betterAuth(authOptions(settings, pool)), close: () => pool.end() };
}

export type Auth = ReturnType<typeof createAuth>['auth'];
