import { betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { authOptions, createAuthPool, type AuthSettings } from './auth-options.ts';

/** An OpenID Connect provider, as configured. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** The id of the one provider in addresses: `/api/auth/callback/oidc` is what the provider sends people back to. */
export const OIDC_PROVIDER = 'oidc';
const DISCOVERY_MS = 5_000;

/**
 * better-auth over its own small pool. One per process; `close` ends the pool. `singleSignOn` answers the same with the
 * OpenID Connect provider: it reads the provider's description at the first use and again after a failure, so that a provider
 * that is away never keeps anybody from signing in with a password; null where it is away or not configured.
 */
export function createAuth(settings: AuthSettings, oidc: OidcSettings | null) {
  const pool = createAuthPool(settings.databaseUrl, 4);
  let known: Promise<Auth | null> | undefined;
  const singleSignOn = async (): Promise<Auth | null> => {
    if (oidc === null) return null;
    const made = await (known ??= withProvider(settings, oidc, pool));
    if (made === null) known = undefined;
    return made;
  };
  return { auth: betterAuth(authOptions(settings, pool)), singleSignOn, close: () => pool.end() };
}

export type Auth = ReturnType<typeof betterAuth<ReturnType<typeof authOptions>>>;

async function withProvider(
  settings: AuthSettings,
  oidc: OidcSettings,
  pool: ReturnType<typeof createAuthPool>,
): Promise<Auth | null> {
  const discoveryUrl = `${oidc.issuer}/.well-known/openid-configuration`;
  const answer = await fetch(discoveryUrl, { signal: AbortSignal.timeout(DISCOVERY_MS) }).catch(() => null);
  await answer?.body?.cancel();
  if (!answer?.ok) return null;
  const provider = genericOAuth({
    config: [
      {
        providerId: OIDC_PROVIDER,
        discoveryUrl,
        clientId: oidc.clientId,
        clientSecret: oidc.clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
        disableSignUp: settings.newcomerRole === null,
      },
    ],
  });
  const auth: Auth = betterAuth(authOptions(settings, pool, [provider]));
  const { socialProviders } = await auth.$context;
  return socialProviders.some(({ id }) => id === OIDC_PROVIDER) ? auth : null;
}
