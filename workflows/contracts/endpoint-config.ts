/** The configuration of an endpoint as design §8 has it, without its secrets: those are named by `secretId` and kept encrypted. */
export interface EndpointConfig {
  name: string;
  description: string;
  enabled: boolean;
  draft: boolean;
  pinned: boolean;
  position: number;
  ticketing: TicketingConfig;
  /** `rerunOnChange`: asked again when the alerts tell another story; absent means never. */
  analysis: { enabled: boolean; instructions: string; rerunOnChange?: boolean };
  heartbeat: HeartbeatConfig;
  maintenance: MaintenanceWindow[];
  verification: VerificationConfig[];
  destinations: string[];
}

/** With a `cron` line a webhook is expected at each of its instants, within the grace; else one every `timeoutMinutes`. */
export interface HeartbeatConfig {
  enabled: boolean;
  timeoutMinutes: number;
  cron?: string | null;
  /** IANA name, in which `cron` is meant; absent means UTC. */
  timezone?: string;
  graceMinutes?: number;
}

export interface TicketingConfig {
  enabled: boolean;
  triggerField: string;
  openValues: string[];
  closeValues: string[];
  otherValues: 'skip' | 'open';
  splitPath: string | null;
  /** null or "" means the environment's prefix. */
  summaryPrefix: string | null;
  summaryRemove: string[];
  descriptionTemplate: string | null;
  companyId: string | null;
  board: string | null;
  status: string | null;
  closeStatus: string | null;
  type: string | null;
  subtype: string | null;
  item: string | null;
  priority: string | null;
  severity: string | null;
  impact: string | null;
  mapping: Partial<Record<MappedField, string>>;
  routingRules: RoutingRule[];
  tenantMap: boolean;
  /** Where the tenant's name stands; absent or empty means `Tenant`, `tenant`, `TenantId`, `tenantId`, at the top and under `TaskInfo`. */
  tenantPaths?: string[];
  closePolicy: 'always' | 'untouched';
  noteVisibility: 'internal' | 'public';
  noteIntervalSeconds: number;
  closeDelaySeconds: number;
  reopenWindowSeconds: number;
  /** What opened and recovered while the ticket system was away; absent means `both`. */
  outagePolicy?: OutagePolicy;
  /** More changes between open and closed than this within `flapMinutes` are flapping; 0 or absent: never. */
  flapChanges?: number;
  flapMinutes?: number;
  /** Flapping is over after so long without a change. */
  flapCalmMinutes?: number;
}

/** `both`: a ticket each, created and closed; `summary`: one ticket for all of them; `nothing`: a line of history. */
export type OutagePolicy = 'both' | 'summary' | 'nothing';

export const MAPPED_FIELDS = [
  'summary',
  'description',
  'customer_id',
  'ticket_type',
  'subtype',
  'item',
  'priority',
  'board',
  'status',
  'severity',
  'impact',
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

export interface RoutingRule {
  path: string;
  pattern: string;
  overrides: RoutingOverrides;
}

export interface RoutingOverrides {
  board?: string | null;
  status?: string | null;
  type?: string | null;
  subtype?: string | null;
  item?: string | null;
  priority?: string | null;
  severity?: string | null;
  impact?: string | null;
  companyId?: string | null;
  drop?: boolean;
}

export type MaintenancePolicy = 'skip' | 'hold';
export type WeekDay = 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun';

/** `start` and `end`: ISO instants or naive local times for `once`, `HH:MM` otherwise; the end minute is outside. */
export type MaintenanceWindow =
  | { type: 'once'; start: string; end: string; timezone: string; policy: MaintenancePolicy }
  | { type: 'daily'; start: string; end: string; timezone: string; policy: MaintenancePolicy }
  | { type: 'weekly'; days: WeekDay[]; start: string; end: string; timezone: string; policy: MaintenancePolicy };

export type VerificationConfig =
  | { type: 'bearer'; secretId: string }
  | {
      type: 'hmac';
      secretId: string;
      algorithm: 'sha1' | 'sha256' | 'sha512';
      header: string;
      encoding: 'hex' | 'base64';
      prefix: string;
    }
  | { type: 'ip'; allow: string[] };
