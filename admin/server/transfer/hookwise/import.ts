import { z } from 'zod';
import { invalid, VerbError, type FieldFault } from '../../errors.ts';
import { defineVerb } from '../../verb.ts';
import { ConfirmInput } from '../apply.ts';
import { carryOut } from '../carry-out.ts';
import type { Desired } from '../desired.ts';
import { PlanView } from '../plan-item.ts';
import type { SecretReader } from './access.ts';
import { isPlain, NotCarriedView, type Carrier, type NotCarried } from './carrier.ts';
import { convertEndpoint } from './convert-endpoint.ts';
import { convertMappings, convertSettings } from './convert-rest.ts';
import { readBackup, wrongKey } from './read-backup.ts';

export const ImportQuery = z.strictObject({
  apply: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true')
    .meta({ description: 'Do it; without this, only what would be done is answered.' }),
  confirm: ConfirmInput,
});

export const ImportInput = z
  .object({
    backup: z
      .unknown()
      .meta({ description: 'The backup as text or as JSON. It may also be sent alone, without this around it.' }),
    fernetKey: z
      .string('must be a text')
      .nullable()
      .default(null)
      .meta({ description: 'ENCRYPTION_KEY of the HookWise that made it: opens tokens.' }),
  })
  .meta({ id: 'ImportInput' });

export const ImportView = PlanView.extend({ notCarried: z.array(NotCarriedView) }).meta({ id: 'Import' });
export type ImportView = z.output<typeof ImportView>;

const ALWAYS = [
  'A value that is neither open nor close makes a ticket, as in HookWise (otherValues: open). Set skip where it should not.',
  'Notes on tickets were visible to the customer in HookWise; here they are internal (noteVisibility). Set public where customers should read them.',
  'Tickets that are open now are not taken over: the next alert of each makes a new one, or adopt them by hand.',
  'Users, history, the audit log and what HookWise noted by itself (last seen, health) are not part of a backup.',
];

/**
 * Carries the backup of a HookWise over: the old 64 characters stay the key of each URL. Everything in one transaction, or
 * only its preview. What cannot be carried is named with its reason. Throws `invalid` for what is no backup, and for a wrong key.
 */
export const importHookwise = defineVerb({
  name: 'configuration.import-hookwise',
  role: 'admin',
  input: z.object({ query: ImportQuery, body: z.unknown() }),
  run: async (context, { query, body }): Promise<ImportView> => {
    const { backup, fernetKey } = unwrap(body);
    const { desired, notCarried, notes } = convertBackup(backup, fernetKey);
    const plan = await carryOut(context, desired, {
      dryRun: !query.apply,
      prune: false,
      confirm: query.confirm,
      action: 'import',
    });
    const changed = plan.filter(({ action }) => action !== 'unchanged').length;
    return { dryRun: !query.apply, changed, plan, notes: [...notes, ...ALWAYS], notCarried };
  },
});

function unwrap(body: unknown): z.output<typeof ImportInput> {
  if (!isPlain(body) || !('backup' in body)) return { backup: body, fernetKey: null };
  const parsed = ImportInput.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
}

function convertBackup(given: unknown, fernetKey: string | null) {
  const backup = readBackup(given, fernetKey);
  const notCarried: NotCarried[] = [];
  const notes: string[] = [];
  const carrierFor = (prefix: string, endpoint: string | null): Carrier => ({
    leave: (place, reason) => void notCarried.push({ place: prefix + place, endpoint, reason }),
    note: (text) => void notes.push(prefix + text),
  });
  const reader: SecretReader = { opener: backup.opener, opened: 0, refused: 0 };
  const faults: FieldFault[] = [];
  const endpoints = backup.endpoints.flatMap((entry, index) => {
    const place = `${backup.prefix}${index}`;
    const carrier = carrierFor(`${place}.`, String(entry['name']));
    const inner: string[] = [];
    const own: Carrier = { ...carrier, note: (text) => void inner.push(text) };
    try {
      return [{ ...convertEndpoint(entry, place, reader, own), notes: inner }];
    } catch (error) {
      if (!(error instanceof VerbError) || error.code !== 'invalid') throw error;
      faults.push(...error.faults);
      return [];
    }
  });
  if (faults.length > 0) throw invalid(faults);
  if (reader.refused > 0 && reader.opened === 0) throw invalid([{ path: 'fernetKey', message: wrongKey() }]);
  const top = carrierFor('', null);
  if (backup.preferences > 0)
    top.leave('preferences', 'What users chose for their own screens has no counterpart here.');
  const tenants = convertMappings(backup.mappings, top);
  const desired: Desired = {
    settings: convertSettings(backup.settings, top),
    endpoints,
    windows: null,
    tenants: tenants.length === 0 ? null : tenants,
  };
  return { desired, notCarried, notes };
}
