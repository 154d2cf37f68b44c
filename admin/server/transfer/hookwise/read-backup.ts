import { createFernetOpener, FernetError, isFernetShaped, type FernetOpener } from '../../../../infra/crypto/fernet.ts';
import { invalid, VerbError, type FieldFault } from '../../errors.ts';
import { isPlain } from './carrier.ts';
import { findJsonFault } from './json-fault.ts';

/** A backup taken apart; `prefix` is where its endpoints stand in it. */
export interface Backup {
  prefix: string;
  endpoints: Record<string, unknown>[];
  mappings: unknown[];
  settings: Record<string, unknown>;
  preferences: number;
  opener: FernetOpener | null;
}

const AGAIN = 'Take the backup again: GET /admin/backup of HookWise, signed in.';
const FORMS = 'A backup is a list of endpoints, or an object with "configs".';

/**
 * Reads what HookWise's `/admin/backup` answers: the list of its endpoints, the object of later versions (`configs`,
 * `global_mappings`), or that object encrypted. Throws `invalid` with the place and the remedy for all else.
 */
export function readBackup(given: unknown, fernetKey: string | null): Backup {
  const opener = fernetKey === null ? null : openerOf(fernetKey);
  const value = typeof given === 'string' ? parse(given, opener) : given;
  const parts = isPlain(value) ? value : { configs: value };
  const prefix = isPlain(value) ? ('configs' in value ? 'configs.' : 'endpoints.') : '';
  const endpoints = parts['configs'] ?? parts['endpoints'];
  if (!Array.isArray(endpoints)) throw fault('', `This is JSON, but no backup of HookWise. ${FORMS} ${AGAIN}`);
  const faults = endpoints.flatMap((entry: unknown, index): FieldFault[] => {
    const place = `${prefix}${index}`;
    if (!isPlain(entry)) return [{ path: place, message: `This is no endpoint. ${FORMS} ${AGAIN}` }];
    if (typeof entry['name'] !== 'string' || entry['name'].trim() === '')
      return [
        {
          path: `${place}.name`,
          message: `An endpoint of HookWise has a name; this is no backup of it, or it was changed. ${AGAIN}`,
        },
      ];
    if (
      !['id', 'trigger_field', 'open_value', 'bearer_token', 'json_mapping', 'board'].some((column) => column in entry)
    )
      return [{ path: place, message: `This has none of the columns of HookWise's endpoints. ${AGAIN}` }];
    return [];
  });
  if (faults.length > 0) throw invalid(faults);
  const mappings = parts['global_mappings'] ?? [];
  if (!Array.isArray(mappings)) throw fault('global_mappings', 'must be a list of mappings');
  return {
    prefix,
    endpoints: endpoints as Record<string, unknown>[],
    mappings,
    settings: isPlain(parts['settings']) ? parts['settings'] : {},
    preferences: Array.isArray(parts['preferences']) ? parts['preferences'].length : 0,
    opener,
  };
}

function openerOf(key: string): FernetOpener {
  try {
    return createFernetOpener(key);
  } catch (error) {
    if (error instanceof FernetError)
      throw fault('fernetKey', `${error.message} Take ENCRYPTION_KEY from HookWise's .env.`);
    throw error;
  }
}

function parse(text: string, opener: FernetOpener | null): unknown {
  const trimmed = text.replace(/^\uFEFF/, '').trimEnd();
  if (trimmed === '') throw fault('', `The file is empty. ${AGAIN}`);
  if (/^\s*</.test(trimmed)) throw fault('', `This is a web page, no backup: the session had ended. ${AGAIN}`);
  if (!isFernetShaped(trimmed)) return parseJson(trimmed);
  if (opener === null)
    throw fault('fernetKey', 'This backup is encrypted as a whole: give the ENCRYPTION_KEY of that HookWise.');
  try {
    return parseJson(opener.open(trimmed));
  } catch (error) {
    if (error instanceof FernetError) throw fault('fernetKey', wrongKey());
    throw error;
  }
}

/** What is said of a key that opens nothing. */
export function wrongKey(): string {
  return 'This key opens nothing in the backup: it is not the ENCRYPTION_KEY of the HookWise that made it. Give that one.';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const { offset, isCutOff } = findJsonFault(text) ?? { offset: 0, isCutOff: false };
    const before = text.slice(0, offset).split('\n');
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    const what = isCutOff ? 'The file ends in the middle: it is truncated.' : 'This is no JSON from here on.';
    const message = `line ${line}, column ${column}: ${what} ${AGAIN}`;
    const faults = [{ path: '', message: `${what} ${AGAIN}`, line, column }];
    throw new VerbError('invalid', message, { faults, cause: error });
  }
}

function fault(path: string, message: string): VerbError {
  return invalid([{ path, message }]);
}
