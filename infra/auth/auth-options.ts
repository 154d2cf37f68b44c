import type { BetterAuthOptions } from 'better-auth';
import pg from 'pg';

/** What sign-in needs to know. `baseUrl` is the console's address as people reach it. */
export interface AuthSettings {
  databaseUrl: string;
  baseUrl: string;
  secret: string;
}

/** The header in which the console's own server hands on the caller's address; whatever a caller sends in it is dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-hookwise-client';

const DAY = 86_400;

/** The pool of better-auth's tables, in a schema of their own. */
export function createAuthPool(databaseUrl: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'hookwise-auth',
    max,
    connectionTimeoutMillis: 3000,
    statement_timeout: 15_000,
    options: '-c search_path=auth',
    keepAlive: true,
  });
  pool.on('error', () => undefined);
  return pool;
}

/**
 * Sign-in by e-mail and password, without sign-up: sessions end after a week, five failed tries a minute and address.
 * The same options serve the console and the migrate step.
 */
export function authOptions(settings: AuthSettings, pool: pg.Pool) {
  const isHttps = settings.baseUrl.startsWith('https://');
  return {
    appName: 'HookWise',
    baseURL: settings.baseUrl,
    basePath: '/api/auth',
    secret: settings.secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    trustedOrigins: (request?: Request) => Promise.resolve(ownOrigins(settings.baseUrl, request)),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 256 },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, defaultValue: 'viewer', input: false },
        company: { type: 'string', required: false, input: false },
      },
    },
    session: { expiresIn: 7 * DAY, updateAge: DAY, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: 5 }, '/get-session': false },
    },
    advanced: {
      useSecureCookies: isHttps,
      cookiePrefix: 'hookwise',
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
  } satisfies BetterAuthOptions;
}

/** The console's own origins: the configured one, and the one under which this very request came. */
export function ownOrigins(baseUrl: string, request: Request | undefined): string[] {
  const configured = new URL(baseUrl).origin;
  const host = request?.headers.get('host');
  return host ? [configured, `http://${host}`, `https://${host}`] : [configured];
}
