import { invalid } from '../errors.ts';

type Plain = Record<string, unknown>;

const TOP: Record<string, string> = {
  is_enabled: 'enabled',
  is_draft: 'draft',
  is_pinned: 'pinned',
  display_order: 'position',
  trigger_field: 'ticketing.triggerField',
  open_value: 'ticketing.openValues',
  close_value: 'ticketing.closeValues',
  json_mapping: 'ticketing.mapping',
  routing_rules: 'ticketing.routingRules',
  maintenance_windows: 'maintenance',
  ticket_prefix: 'ticketing.summaryPrefix',
  summary_remove_strings: 'ticketing.summaryRemove',
  description_template: 'ticketing.descriptionTemplate',
  customer_id_default: 'ticketing.companyId',
  customer_id: 'ticketing.companyId',
  board: 'ticketing.board',
  status: 'ticketing.status',
  close_status: 'ticketing.closeStatus',
  ticket_type: 'ticketing.type',
  subtype: 'ticketing.subtype',
  item: 'ticketing.item',
  priority: 'ticketing.priority',
  global_routing_enabled: 'ticketing.tenantMap',
  ai_rca_enabled: 'analysis.enabled',
  ai_prompt_template: 'analysis.instructions',
  timeout_alerts_enabled: 'heartbeat.enabled',
  timeout_hours: 'heartbeat.hours',
};
const TICKETING: Record<string, string> = {
  trigger_field: 'triggerField',
  global_routing_enabled: 'tenantMap',
  open_value: 'openValues',
  open_values: 'openValues',
  openValue: 'openValues',
  close_value: 'closeValues',
  close_values: 'closeValues',
  closeValue: 'closeValues',
  json_mapping: 'mapping',
  routing_rules: 'routingRules',
  ticket_prefix: 'summaryPrefix',
  summary_remove_strings: 'summaryRemove',
  description_template: 'descriptionTemplate',
  customer_id: 'companyId',
  customer_id_default: 'companyId',
  close_status: 'closeStatus',
  ticket_type: 'type',
};
const RULE: Record<string, string> = { regex: 'pattern' };
const OVERRIDES: Record<string, string> = { customer_id: 'companyId', ticket_type: 'type' };
const MAPPING: Record<string, string> = { companyId: 'customer_id', type: 'ticket_type' };
const HEARTBEAT: Record<string, string> = {
  timeout_hours: 'hours',
  timeoutHours: 'hours',
  timeout_minutes: 'timeoutMinutes',
};

/** HookWise keeps these as JSON in a text; a blank one means none. */
const TOP_TEXTS = { maintenance: () => [] };
const TICKETING_TEXTS = { mapping: () => ({}), routingRules: () => [] };

/**
 * Brings HookWise's spellings (its columns, `regex`, `customer_id`, hours, JSON as text) to ours, without judging values.
 * Throws `invalid` where one thing is given in both spellings. What is not an object is handed back for the schema to refuse.
 */
export function withOurSpellings(given: unknown): unknown {
  if (!isPlain(given)) return given;
  const top = lifted(given);
  const ticketing = top['ticketing'];
  if (isPlain(ticketing)) top['ticketing'] = ticketingSpellings(ticketing);
  if (isPlain(top['heartbeat'])) top['heartbeat'] = inMinutes(renamed(top['heartbeat'], HEARTBEAT, 'heartbeat'));
  return top;
}

function ticketingSpellings(given: Plain): Plain {
  const ticketing = withParsed(renamed(given, TICKETING, 'ticketing'), TICKETING_TEXTS, 'ticketing.');
  if (isPlain(ticketing['mapping'])) ticketing['mapping'] = renamed(ticketing['mapping'], MAPPING, 'ticketing.mapping');
  if (Array.isArray(ticketing['routingRules']))
    ticketing['routingRules'] = ticketing['routingRules'].map(ruleSpellings);
  return ticketing;
}

function ruleSpellings(given: unknown, index: number): unknown {
  if (!isPlain(given)) return given;
  const place = `ticketing.routingRules.${index}`;
  const rule = renamed(given, RULE, place);
  if (isPlain(rule['overrides'])) rule['overrides'] = renamed(rule['overrides'], OVERRIDES, `${place}.overrides`);
  return rule;
}

/** HookWise's flat columns, put where ours are. */
function lifted(given: Plain): Plain {
  const result: Plain = {};
  const placeOf = (name: string) => (Object.hasOwn(TOP, name) ? TOP[name] : undefined);
  for (const [name, value] of Object.entries(given))
    if (placeOf(name) === undefined) setOwn(result, name, isPlain(value) ? { ...value } : value);
  for (const [name, value] of Object.entries(given)) {
    const place = placeOf(name);
    if (place !== undefined) put(result, place, value);
  }
  return withParsed(result, TOP_TEXTS, '');
}

function put(target: Plain, place: string, value: unknown): void {
  const [first = '', second] = place.split('.');
  const inner = second === undefined ? target : (target[first] ??= {});
  if (!isPlain(inner)) return;
  const key = second ?? first;
  if (Object.hasOwn(inner, key)) throw invalid([{ path: place, message: 'This is given twice, in two spellings.' }]);
  inner[key] = value;
}

function renamed(given: Plain, names: Record<string, string>, place: string): Plain {
  const result: Plain = {};
  for (const [name, value] of Object.entries(given)) {
    const ours = Object.hasOwn(names, name) ? (names[name] ?? name) : name;
    if (Object.hasOwn(result, ours))
      throw invalid([{ path: `${place}.${ours}`, message: 'This is given twice, in two spellings.' }]);
    setOwn(result, ours, value);
  }
  return result;
}

/** A name is only a name, `__proto__` too. */
function setOwn(target: Plain, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}

function inMinutes(heartbeat: Plain): Plain {
  const { hours, ...rest } = heartbeat;
  return typeof hours === 'number' && rest['timeoutMinutes'] === undefined
    ? { ...rest, timeoutMinutes: hours * 60 }
    : heartbeat;
}

function withParsed(given: Plain, texts: Record<string, () => unknown>, place: string): Plain {
  const result = { ...given };
  for (const [name, none] of Object.entries(texts))
    if (Object.hasOwn(given, name)) result[name] = parsed(given[name], none, place + name);
  return result;
}

function parsed(value: unknown, none: () => unknown, path: string): unknown {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return none();
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw invalid([{ path, message: 'This text is not JSON.' }]);
  }
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
