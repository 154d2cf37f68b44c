import type { BetterAuthOptions, BetterAuthPlugin } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { isAPIError } from 'better-auth/api';
import pg from 'pg';
import { codeNoConnection } from '../database/no-connection.ts';
import { CLIENT_ADDRESS_HEADER } from './client-address-header.ts';
import { passkeys } from './passkeys.ts';
import { refuseDisabled } from './refuse-disabled.ts';
import type { Role } from './roles.ts';
import { codesCountOnce } from './second-factor.ts';
import { signInJournal, type SignInEvent } from './sign-in-journal.ts';

/** What sign-in needs to know. `baseUrl` is the console's address as people reach it. */
export interface AuthSettings {
  databaseUrl: string;
  baseUrl: string;
  secret: string;
  /** Told of every sign-in and of what people do to their own access. */
  record(event: SignInEvent): Promise<void>;
  /** Role of whoever comes by single sign-on for the first time; null where nobody new may. */
  newcomerRole: Role | null;
}

const DAY = 86_400;
/** A passkey is added only so long after signing in. */
export const FRESH_SECONDS = 900;

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
  codeNoConnection(pool);
  pool.on('error', () => undefined);
  return pool;
}

/**
 * Sign-in by e-mail and password, without sign-up, and where a person wants it a second factor with recovery codes, or by
 * passkey: sessions end after a week, five tries a minute and address. The same options serve the console and the migrate step.
 */
export function authOptions(settings: AuthSettings, pool: pg.Pool, more: readonly BetterAuthPlugin[] = []) {
  const isHttps = settings.baseUrl.startsWith('https://');
  const secondFactor = twoFactor({ issuer: 'HookWise', trustDeviceMaxAge: 7 * DAY });
  return {
    appName: 'HookWise',
    baseURL: settings.baseUrl,
    basePath: '/api/auth',
    secret: settings.secret,
    database: pool,
    telemetry: { enabled: false },
    onAPIError: { errorURL: '/sign-in', onError: handOn },
    logger: { disabled: true },
    trustedOrigins: (request?: Request) => Promise.resolve(ownOrigins(settings.baseUrl, request)),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 256 },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, defaultValue: 'viewer', input: false },
        company: { type: 'string', required: false, input: false },
        disabled: { type: 'boolean', required: false, defaultValue: false, input: false },
      },
    },
    session: { expiresIn: 7 * DAY, updateAge: DAY, freshAge: FRESH_SECONDS, cookieCache: { enabled: false } },
    databaseHooks: {
      user: {
        create: {
          before: (user, context) =>
            Promise.resolve({ data: context ? { ...user, role: settings.newcomerRole ?? 'viewer' } : user }),
        },
      },
      session: { create: { before: ({ userId }) => refuseDisabled(pool, userId) } },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/email': { window: 60, max: 5 },
        '/two-factor/*': { window: 60, max: 10 },
        '/passkey/*': { window: 60, max: 20 },
        '/get-session': false,
      },
    },
    plugins: [secondFactor, passkeys(settings.baseUrl), codesCountOnce(pool), signInJournal(settings.record), ...more],
    advanced: {
      useSecureCookies: isHttps,
      cookiePrefix: 'hookwise',
      disableOriginCheck: false,
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

/** What is no answer of better-auth's own is thrown to whoever called it, who knows what it means: else it ends as a bare 500. */
function handOn(error: unknown): void {
  if (!isAPIError(error)) throw error;
}
