const CLOUD_HOST = /^(?:api-)?((?:na|eu|au|aus|za|staging)\.myconnectwise\.net)$/i;
const KEY_PATH = /^\/[\w./-]*\/system\/callbackkey\/index\.rails$/i;

/** The one tenant whose keys are believed. */
export interface KeyOwner {
  /** `CW_URL` as it is configured. */
  psaUrl: string;
  company: string;
}

/**
 * The address of a signing key, from the unverified body of a callback: only the configured ConnectWise, with its own scheme
 * and port (plain HTTP only on this machine), only the page that hands out keys, and only of our company. Null for any other.
 */
export function keyAddress(keyUrl: string, owner: KeyOwner): URL | null {
  if (!URL.canParse(keyUrl)) return null;
  const url = new URL(keyUrl);
  const ours = new URL(owner.psaUrl);
  const isSafe = ours.protocol === 'https:' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(ours.hostname);
  const isOurs =
    isSafe && url.protocol === ours.protocol && url.port === ours.port && sameHost(url.hostname, ours.hostname);
  if (!isOurs || url.username !== '' || url.password !== '' || !KEY_PATH.test(url.pathname)) return null;
  const companies = [...url.searchParams].filter(([name]) => name.toLowerCase() === 'companyname');
  const [company] = companies;
  if (companies.length !== 1 || company?.[1].toLowerCase() !== owner.company.toLowerCase()) return null;
  url.hash = '';
  return url;
}

/** In the cloud the API and the application have names of their own. */
function sameHost(one: string, other: string): boolean {
  const name = (host: string) => (CLOUD_HOST.exec(host)?.[1] ?? host).toLowerCase();
  return name(one) === name(other);
}
