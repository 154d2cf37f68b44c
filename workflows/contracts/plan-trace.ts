import type { MaintenancePolicy, MappedField, RoutingOverrides } from './endpoint-config.ts';
import type { AlertKind, CompanySource } from './plan.ts';

/** A field of the ticket that rules, mapping and endpoint can set. */
export type RoutedName = Exclude<keyof RoutingOverrides, 'drop'>;

/** How a plan came about, collected by the very run that made it. Secrets are masked, values cut to 200 characters. */
export interface PlanTrace {
  split: { path: string; found: number } | null;
  windows: WindowTrace[];
  /** Places of the body that are masked wherever people see them, at most 200. */
  masked: string[];
  /** The first 20 alerts. */
  alerts: AlertTrace[];
}

/** What could suppress alerts; `decides` marks the one that does. */
export interface WindowTrace {
  scope: 'maintenance-mode' | 'endpoint' | 'global';
  text: string;
  policy: MaintenancePolicy;
  isActive: boolean;
  decides: boolean;
}

/** What a path found; null for nothing. */
export interface PathTrace {
  path: string;
  value: string | null;
}

export interface MappingTrace {
  field: MappedField;
  paths: PathTrace[];
  /** null: not used. */
  value: string | null;
  why: string | null;
}

export interface RuleTrace {
  index: number;
  path: string;
  pattern: string;
  value: string | null;
  matched: boolean;
  drops: boolean;
  /** What it set, and what stood there before. */
  overrides: { field: RoutedName; value: string; before: string | null }[];
}

export type FieldSource = 'rule' | 'mapping' | 'endpoint';

export interface FieldTrace {
  field: RoutedName;
  value: string | null;
  /** null: left to the ticket system. */
  from: FieldSource | null;
  /** Set, but not used because an earlier one in the order rule, mapping, endpoint has a value. */
  unused: { from: FieldSource; value: string }[];
}

/** One place where a company is looked for, in order; the first with a value is taken. */
export interface CompanyTrace {
  source: Exclude<CompanySource, 'none'>;
  companyId: string | null;
  how: string;
}

/** A word of the sender and the member it was read from; null for our own word. */
export interface WordTrace {
  value: string;
  from: string | null;
}

export interface AlertTrace {
  n: number;
  trigger: {
    path: string;
    value: string | null;
    openValues: string[];
    closeValues: string[];
    otherValues: 'skip' | 'open';
    kind: AlertKind;
  };
  name: WordTrace;
  message: WordTrace;
  mapping: MappingTrace[];
  rules: RuleTrace[];
  droppedBy: string | null;
  summary: {
    prefix: string;
    prefixFrom: 'endpoint' | 'environment';
    subject: string;
    subjectFrom: 'mapping' | 'name';
    removed: string[];
    /** Before the cut to 99 characters: what the incident's identity is made of. */
    whole: string;
    isCut: boolean;
  };
  description: 'mapping' | 'template' | 'default';
  company: { order: CompanyTrace[]; source: CompanySource; customer: string | null };
  fields: FieldTrace[];
}
