import { buildConfig } from '../../endpoints/build-config.ts';
import { invalid, VerbError, type FieldFault } from '../../errors.ts';
import { KEEP, type DesiredEndpoint, type WantedSecret } from '../desired.ts';
import { convertAccess, type SecretReader } from './access.ts';
import type { Carrier } from './carrier.ts';
import { OTHER_COLUMNS, READ_COLUMNS, STATE_COLUMNS, TEXT_COLUMNS } from './columns.ts';
import { leaveBehind, type Draft } from './leave-behind.ts';
import { convertMapping } from './mapping.ts';
import { convertRules } from './routing-rules.ts';
import { convertWindows } from './windows.ts';

type Plain = Readonly<Record<string, unknown>>;

const KEY = /^[A-Za-z0-9_~.-]{16,200}$/;
const HOUR_MINUTES = 60;

/**
 * An endpoint of a backup as ours, with HookWise's meaning of every column. Its 64 characters become the key of the URL. What
 * our own rules refuse is left behind with their words; only a name that cannot be taken is thrown as `invalid`.
 */
export function convertEndpoint(entry: Plain, place: string, reader: SecretReader, carrier: Carrier): DesiredEndpoint {
  nameOthers(entry, carrier);
  if (entry['is_draft'] === true)
    carrier.note('is_draft: a draft made tickets in HookWise all the same; here it plans only. Publish it to go on.');
  const access = convertAccess(entry, reader, carrier);
  const draft: Draft = {
    input: {
      name: entry['name'],
      ...describe(entry),
      ...(typeof entry['is_draft'] === 'boolean' ? { draft: entry['is_draft'] } : {}),
      ...(typeof entry['is_pinned'] === 'boolean' ? { pinned: entry['is_pinned'] } : {}),
      ...(typeof entry['display_order'] === 'number' ? { position: entry['display_order'] } : {}),
      enabled: entry['is_enabled'] !== false && !access.isShut,
      ticketing: convertTicketing(entry, carrier),
      analysis: convertAnalysis(entry, carrier),
      heartbeat: convertHeartbeat(entry, carrier),
    },
    rules: convertRules(entry['routing_rules'], carrier),
    windows: convertWindows(entry['maintenance_windows'], carrier),
    verification: access.verification,
  };
  const input = untilAccepted(draft, place, carrier);
  const secrets: (WantedSecret | null)[] = access.secrets;
  return {
    place,
    id: null,
    name: String(entry['name']).trim(),
    matchByKey: true,
    isPatch: true,
    input,
    key: keyOf(entry['id'], carrier),
    secrets,
    notes: [],
  };
}

function untilAccepted(draft: Draft, place: string, carrier: Carrier): Record<string, unknown> {
  for (;;) {
    const input = {
      ...draft.input,
      ticketing: { ...draft.input.ticketing, routingRules: draft.rules.map(({ value }) => value) },
      maintenance: draft.windows.map(({ value }) => value),
      verification: draft.verification,
    };
    const faults = faultsOf(input);
    if (faults.length === 0) return input;
    const stuck = leaveBehind(draft, faults, carrier);
    if (stuck.length > 0) throw invalid(stuck.map(({ path, message }) => ({ path: `${place}.${path}`, message })));
  }
}

function faultsOf(input: unknown): readonly FieldFault[] {
  try {
    buildConfig(input, { verification: [], secrets: {} });
    return [];
  } catch (error) {
    if (error instanceof VerbError && error.code === 'invalid') return error.faults;
    throw error;
  }
}

function convertTicketing(entry: Plain, carrier: Carrier): Record<string, unknown> {
  const ticketing: Record<string, unknown> = {
    otherValues: 'open',
    mapping: convertMapping(entry['json_mapping'], carrier),
  };
  for (const [column, ours] of Object.entries(TEXT_COLUMNS)) {
    const value = entry[column];
    if (value === undefined) continue;
    const isNone = value === null || value === '';
    ticketing[ours] = ours === 'summaryRemove' ? (isNone ? [] : value) : isNone ? null : value;
  }
  const { trigger_field: trigger, open_value: open, close_value: close, global_routing_enabled: map } = entry;
  if (typeof trigger === 'string' && trigger.trim() !== '') ticketing['triggerField'] = trigger;
  for (const [column, value, ours] of [
    ['open_value', open, 'openValues'],
    ['close_value', close, 'closeValues'],
  ] as const) {
    if (value === undefined || value === null) continue;
    ticketing[ours] = String(value);
    if (
      String(value)
        .split(',')
        .some((text) => text.trim() === 'None')
    )
      carrier.note(`${column}: “None” stood for a missing field in HookWise; here a missing field matches nothing.`);
  }
  if (typeof map === 'boolean') ticketing['tenantMap'] = map;
  return ticketing;
}

function convertAnalysis(entry: Plain, carrier: Carrier): Record<string, unknown> {
  const { ai_rca_enabled: enabled, ai_prompt_template: prompt } = entry;
  const instructions = typeof prompt === 'string' ? prompt : '';
  if (instructions !== '')
    carrier.note('ai_prompt_template: HookWise used it in the preview alone; here it is part of every analysis.');
  return { enabled: enabled === true, instructions };
}

function convertHeartbeat(entry: Plain, carrier: Carrier): Record<string, unknown> {
  const { timeout_alerts_enabled: enabled, timeout_hours: hours } = entry;
  const isHours = typeof hours === 'number' && Number.isInteger(hours) && hours > 0;
  if (!isHours && hours !== undefined && hours !== null) carrier.leave('timeout_hours', 'It is no number of hours.');
  return { enabled: enabled === true, ...(isHours ? { timeoutMinutes: hours * HOUR_MINUTES } : {}) };
}

function describe({ tags }: Plain): { description?: string } {
  const names = Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
  return names.length === 0 ? {} : { description: `Tags in HookWise: ${names.join(', ')}` };
}

function keyOf(id: unknown, carrier: Carrier): WantedSecret {
  if (typeof id === 'string' && KEY.test(id)) return { keep: false, value: id };
  carrier.leave('id', 'There is no usable id, so the URL is a new one: the senders must be told.');
  return KEEP;
}

function nameOthers(entry: Plain, carrier: Carrier): void {
  for (const [column, value] of Object.entries(entry)) {
    if (READ_COLUMNS.has(column) || STATE_COLUMNS.has(column)) continue;
    const other = Object.hasOwn(OTHER_COLUMNS, column) ? OTHER_COLUMNS[column] : undefined;
    if (!other) carrier.leave(column, 'This column is not known here.');
    else if (!other.unused.includes(value)) carrier.leave(column, other.reason);
  }
}
