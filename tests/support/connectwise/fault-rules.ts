/** What can go wrong with one request. "After" kinds commit first; a request the handlers refuse is answered as it is. */
export type FaultKind =
  | 'delay'
  | 'delay-after-commit'
  | 'drop-before-commit'
  | 'drop-after-commit'
  | 'drop-mid-body'
  | 'error-before-commit'
  | 'error-after-commit'
  | 'html-after-commit'
  | 'cut-json-after-commit'
  | 'empty-after-commit'
  | 'false-200'
  | 'too-many'
  | 'maintenance'
  | 'slow-body'
  | 'black-hole'
  | 'black-hole-after-commit'
  | 'refuse';

/** Names for the scopes tests want most; `method` and `path` say any other (`*` one segment, `**` any number). */
export const scopes = {
  any: {},
  createTicket: { method: 'POST', path: '/service/tickets' },
  readTicket: { method: 'GET', path: '/service/tickets/*' },
  listTickets: { method: 'GET', path: '/service/tickets' },
  searchTickets: { method: 'POST', path: '/service/tickets/search' },
  patchTicket: { method: 'PATCH', path: '/service/tickets/*' },
  addNote: { method: 'POST', path: '/service/tickets/*/notes' },
  listNotes: { method: 'GET', path: '/service/tickets/*/notes' },
  merge: { method: 'POST', path: '/service/tickets/*/merge' },
  systemInfo: { method: 'GET', path: '/system/info' },
  catalog: { method: 'GET', path: '/service/boards/**' },
} as const;

export type ScopeName = keyof typeof scopes;

export type FaultRule = {
  kind: FaultKind;
  id?: string;
  on?: ScopeName;
  method?: string;
  path?: string;
  /** Only requests whose raw body or query contains this text. */
  contains?: string;
  /** Leaves the first so many matching requests alone. */
  skip?: number;
  /** Fires at most so often; without it, until removed. */
  times?: number;
  /** Fires on this share of the matching requests, by the seeded generator. */
  probability?: number;
  /** For `delay`, `delay-after-commit`, `slow-body`. */
  ms?: number;
  /** For the `error` kinds (500) and `refuse` (400). */
  status?: number;
  /** For `too-many` and `maintenance`; null or absent sends no header. */
  retryAfterSeconds?: number | null;
  /** For `refuse` and `error-before-commit`: the JSON body, else ConnectWise's usual one. */
  body?: unknown;
};

export type FaultPlan = { delayMs: number; delayAfterMs: number; rule: FaultRule | null };

type Armed = { rule: FaultRule; id: string; seen: number; fired: number; path: RegExp | null; method: string | null };

/** The rules in force, tried in the order they were added: delays add up, the first other kind decides. */
export function createFaultRules(seed: number) {
  let armed: Armed[] = [];
  let random = seededRandom(seed);
  let made = 0;

  function fires(entry: Armed, method: string, path: string, text: string): boolean {
    const { rule } = entry;
    if (entry.method !== null && entry.method !== method) return false;
    if (entry.path !== null && !entry.path.test(path)) return false;
    if (rule.contains !== undefined && !text.includes(rule.contains)) return false;
    if (rule.times !== undefined && entry.fired >= rule.times) return false;
    entry.seen += 1;
    if (entry.seen <= (rule.skip ?? 0)) return false;
    return rule.probability === undefined || random() < rule.probability;
  }

  return {
    add(rule: FaultRule): string {
      made += 1;
      const scope: { method?: string; path?: string } = rule.on === undefined ? rule : scopes[rule.on];
      armed.push({
        rule,
        id: rule.id ?? `fault-${made}`,
        seen: 0,
        fired: 0,
        method: scope.method?.toUpperCase() ?? null,
        path: scope.path === undefined ? null : globPattern(scope.path),
      });
      return rule.id ?? `fault-${made}`;
    },
    remove(id: string): boolean {
      const before = armed.length;
      armed = armed.filter((entry) => entry.id !== id);
      return armed.length < before;
    },
    clear(): void {
      armed = [];
    },
    reseed(next: number): void {
      random = seededRandom(next);
    },
    fired: (id: string): number => armed.find((entry) => entry.id === id)?.fired ?? 0,
    list: () => armed.map(({ id, rule, seen, fired }) => ({ ...rule, id, seen, fired })),
    plan(method: string, path: string, text: string): FaultPlan {
      const plan: FaultPlan = { delayMs: 0, delayAfterMs: 0, rule: null };
      for (const entry of armed) {
        const isDelay = entry.rule.kind === 'delay' || entry.rule.kind === 'delay-after-commit';
        if ((!isDelay && plan.rule !== null) || !fires(entry, method, path, text)) continue;
        entry.fired += 1;
        if (entry.rule.kind === 'delay') plan.delayMs += entry.rule.ms ?? 1000;
        else if (entry.rule.kind === 'delay-after-commit') plan.delayAfterMs += entry.rule.ms ?? 1000;
        else plan.rule = entry.rule;
      }
      return plan;
    },
  };
}

function globPattern(glob: string): RegExp {
  const body = glob
    .replace(/[.+^${}()|[\]\\?]/g, '\\$&')
    .replace(/\/\*\*/g, '\0')
    .replace(/\*/g, '[^/]+')
    .replaceAll('\0', '(?:/.*)?');
  return new RegExp(`^${body}$`);
}

/** Mulberry32: small, fast, the same sequence for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
