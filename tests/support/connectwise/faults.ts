import { createFaultRules } from './fault-rules.ts';
import type { QuoteEscaping } from './filter-lexer.ts';
import { fullRole, mergeRole, type Role, type RoleChange } from './roles.ts';

/** How the tenant behaves as long as a mode is set, where the vendor's behaviour is disputed or configurable. */
export type Modes = {
  /** Added to every answer, before the write happens. */
  latencyMs: number;
  /** Real rate limit in a sliding window of 60 s; null lifts it. */
  requestsPerMinute: number | null;
  /** A new ticket is hidden from lists, counts and searches for so long; GET by id sees it at once. */
  listLagSeconds: number;
  badKeysStatus: 401 | 404;
  missingClientIdStatus: 401 | 403;
  systemInfoNeedsAuth: boolean;
  /** `status/id` and the like in PATCH: applied, answered 200 and ignored, or 400. */
  subPathMode: 'apply' | 'false-200' | 'refuse';
  customFieldsOpRequired: boolean;
  typeRequiredToClose: boolean;
  companyRequired: boolean;
  /** What happens to notes and updates of closed, and of merged tickets; the vendor does not say. */
  closedTicketWrites: 'allow' | 'refuse';
  mergedTicketWrites: 'allow' | 'refuse';
  quoteEscaping: QuoteEscaping;
  lengthUnit: 'code-points' | 'utf16';
  /** The versioned codebase beside `v4_6_release`; changing it makes the old one answer 404. */
  codebase: string;
  bareConfigurations: boolean;
  callbackDelivery: 'normal' | 'drop' | 'duplicate' | 'reorder' | 'bad-signature';
  /** `no`, a 503 HTML page, or a connection that is reset at once. */
  down: 'no' | 'maintenance' | 'reset';
  role: Role;
};

export type ModeChange = Partial<Omit<Modes, 'role'>> & { role?: RoleChange };
export type Faults = ReturnType<typeof createFaults>;

export const defaultModes: Modes = {
  latencyMs: 0,
  requestsPerMinute: null,
  listLagSeconds: 0,
  badKeysStatus: 401,
  missingClientIdStatus: 403,
  systemInfoNeedsAuth: true,
  subPathMode: 'apply',
  customFieldsOpRequired: false,
  typeRequiredToClose: false,
  companyRequired: true,
  closedTicketWrites: 'allow',
  mergedTicketWrites: 'allow',
  quoteEscaping: 'none',
  lengthUnit: 'code-points',
  codebase: 'v2025_1',
  bareConfigurations: false,
  callbackDelivery: 'normal',
  down: 'no',
  role: fullRole(),
};

/** Every switch of one simulator: modes that last, and rules that strike single requests. */
export function createFaults(initial: ModeChange, seed: number) {
  const rules = createFaultRules(seed);
  let modes = changed(defaultModes, initial);
  return {
    ...rules,
    get modes(): Readonly<Modes> {
      return modes;
    },
    set(change: ModeChange): void {
      modes = changed(modes, change);
    },
    /** No rules, the modes the simulator was started with. */
    reset(): void {
      rules.clear();
      rules.reseed(seed);
      modes = changed(defaultModes, initial);
    },
  };
}

function changed(modes: Modes, { role, ...rest }: ModeChange): Modes {
  for (const name of Object.keys(rest))
    if (!(name in defaultModes)) throw new TypeError(`There is no mode named ${name}`);
  return { ...modes, ...rest, role: mergeRole(modes.role, role ?? {}) };
}
