import type { OidcSettings } from '../../../infra/auth/auth.ts';
import type { Config } from '../../../infra/config/index.ts';

/** The OpenID Connect provider of the environment, or null. The configuration has all of it or none. */
export function oidcSettings({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: Config): OidcSettings | null {
  if (OIDC_ISSUER === null || OIDC_CLIENT_ID === null || OIDC_CLIENT_SECRET === null) return null;
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET };
}
