import type { World } from './world.ts';

/** What answers without credentials: the codebase look-up of a tenant and the signing keys of callbacks. */
export function answerAtFrontDoor(
  world: World,
  path: string,
  query: URLSearchParams,
): { type: string; text: string } | null {
  const company = /^\/login\/companyinfo\/([^/]+)$/i.exec(path)?.[1];
  if (company !== undefined)
    return { type: 'application/json; charset=utf-8', text: JSON.stringify(companyInfo(world, company)) };
  if (!path.endsWith('/system/callbackkey/index.rails')) return null;
  const text = world.callbacks.keyText(query.get('id'));
  return text === null ? null : { type: 'text/plain; charset=utf-8', text };
}

function companyInfo(world: World, company: string): unknown {
  const known = world.settings.credentials.company;
  if (decodeURIComponent(company).toLowerCase() !== known.toLowerCase()) return null;
  const { codebase } = world.faults.modes;
  return {
    CompanyName: known,
    Codebase: `${codebase}/`,
    VersionCode: codebase.replace('_', '.'),
    VersionNumber: `${codebase.replace('v', '').replace('_', '.')}.10000`,
    CompanyID: known,
    IsCloud: 'True',
    SiteUrl: new URL(world.origin).host,
  };
}
