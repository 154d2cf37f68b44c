const DEFAULT_PATH = '/v4_6_release/apis/3.0';
const CLOUD_LOGIN_HOST = /^(na|eu|au|aus|za|staging)\.myconnectwise\.net$/i;

/** Where calls go, and where a person opens a ticket. */
export interface ConnectwiseAddress {
  origin: string;
  /** Path before every resource, without a slash at the end. */
  basePath: string;
  ticketUrl(id: string): string;
}

/**
 * The API address behind what a person wrote: a cloud login host becomes its API host, a missing path the usual one
 * (facts/connectwise.md §1). Throws a sentence for plain HTTP anywhere but on loopback.
 */
export function connectwiseAddress(written: string, company: string): ConnectwiseAddress {
  const url = new URL(written);
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Error(`CW_URL must begin with https:// (${url.host} is not this machine).`);
  }
  if (CLOUD_LOGIN_HOST.test(url.hostname)) url.hostname = `api-${url.hostname}`;
  const path = url.pathname.replace(/\/+$/, '');
  const basePath = path === '' ? DEFAULT_PATH : /\/apis\/3\.0$/i.test(path) ? path : `${path}/apis/3.0`;
  const codebase = basePath.split('/').find(Boolean) ?? 'v4_6_release';
  const login = `${url.protocol}//${url.host.replace(/^api-/i, '')}/${codebase}/services/system_io/router/openrecord.rails`;
  const name = encodeURIComponent(company);
  return {
    origin: url.origin,
    basePath,
    ticketUrl: (id) => `${login}?recordType=ServiceFv&recid=${encodeURIComponent(id)}&companyName=${name}`,
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
