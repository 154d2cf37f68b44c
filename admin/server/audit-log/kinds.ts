/** Every kind of thing that the audit speaks of: what is written there is one of these, and the page filters by them. */
export const AUDIT_KINDS = [
  'endpoint',
  'incident',
  'ticket',
  'webhook',
  'bulk-replay',
  'settings',
  'maintenance-window',
  'tenant-mapping',
  'user',
  'api-key',
  'configuration',
  'catalog',
  'psa-callback',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];
