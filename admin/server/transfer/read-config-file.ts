import type { PassphraseBox } from '../../../infra/crypto/passphrase.ts';
import { buildConfig } from '../endpoints/build-config.ts';
import { withOurSpellings } from '../endpoints/spellings.ts';
import { invalid, VerbError, type FieldFault } from '../errors.ts';
import { faultsOf } from '../verb.ts';
import type { Desired, DesiredEndpoint, WantedSecret } from './desired.ts';
import { ConfigFile } from './file-schema.ts';
import { openBox, readSecret, secretPlace, type SecretSources } from './secret-text.ts';

type Plain = Record<string, unknown>;

/** A key as it may stand in a URL. */
const KEY = /^[A-Za-z0-9_~.-]{16,200}$/;

/** Judges a whole configuration file. Throws `invalid` with every fault at its path in the file. */
export async function readConfigFile(
  value: unknown,
  sources: SecretSources,
): Promise<{ desired: Desired; file: ConfigFile }> {
  const parsed = ConfigFile.safeParse(value);
  const faults: FieldFault[] = parsed.success ? [] : faultsOf(parsed.error.issues);
  const file = parsed.success ? parsed.data : null;
  const box = await openBox(file?.encryption, sources);
  const raw = isPlain(value) && Array.isArray(value['endpoints']) ? (value['endpoints'] as unknown[]) : [];
  const endpoints = raw.flatMap((entry, index) => {
    if (!isPlain(entry)) return [];
    const { wish, faults: found } = readEndpoint(entry, index, box, sources);
    faults.push(...found.filter(({ path }) => !faults.some((known) => known.path === path)));
    return wish;
  });
  if (file === null || faults.length > 0) throw invalid(faults);
  return {
    file,
    desired: {
      settings: file.settings ?? null,
      endpoints: file.endpoints === undefined ? null : endpoints,
      windows:
        file.maintenanceWindows?.map(({ id = null, ...window }, index) => {
          return { ...window, id, place: `maintenanceWindows.${index}` };
        }) ?? null,
      tenants: file.tenantMappings?.map((entry, index) => ({ ...entry, place: `tenantMappings.${index}` })) ?? null,
    },
  };
}

function readEndpoint(
  { id: givenId, key: givenKey, ...given }: Plain,
  index: number,
  box: PassphraseBox | null,
  sources: SecretSources,
): { wish: DesiredEndpoint; faults: FieldFault[] } {
  const place = `endpoints.${index}`;
  const id = typeof givenId === 'string' ? givenId.toLowerCase() : null;
  const faults: FieldFault[] = [];
  const collect = <T>(inner: string, fallback: T, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof VerbError) || error.code !== 'invalid') throw error;
      faults.push(...error.faults.map(({ path, message }) => ({ path: joined(place, inner, path), message })));
      return fallback;
    }
  };
  const secretAt = (what: 'key' | 'token' | 'secret', inner: string, text: unknown): WantedSecret =>
    collect<WantedSecret>(inner, { keep: true }, () => readSecret(text, secretPlace(id ?? '', what), box, sources));

  const key = secretAt('key', 'key', givenKey);
  if (!key.keep && !KEY.test(key.value))
    faults.push({ path: `${place}.key`, message: 'A key is 16 to 200 letters, digits, "-" and "_".' });
  const secrets: (WantedSecret | null)[] = [];
  const verification = Array.isArray(given['verification'])
    ? given['verification'].map((entry: unknown, at): unknown => {
        if (isPlain(entry) && entry['type'] === 'bearer') {
          const { token, ...rest } = entry;
          secrets[at] = secretAt('token', `verification.${at}.token`, token);
          return rest;
        }
        secrets[at] = null;
        if (!isPlain(entry) || entry['type'] !== 'hmac') return entry;
        secrets[at] = secretAt('secret', `verification.${at}.secret`, entry['secret']);
        return { ...entry, secret: 'judged elsewhere' };
      })
    : given['verification'];
  const input = collect<Plain>('', {}, () => {
    const ours = withOurSpellings('verification' in given ? { ...given, verification } : given) as Plain;
    buildConfig(ours, { verification: [], secrets: {} });
    return ours;
  });
  const name = typeof given['name'] === 'string' ? given['name'].trim() : '';
  return { wish: { place, id, name, matchByKey: false, isPatch: false, input, key, secrets, notes: [] }, faults };
}

function joined(...steps: string[]): string {
  return steps.filter((step) => step !== '').join('.');
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
