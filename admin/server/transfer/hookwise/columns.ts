/** Columns of HookWise's endpoint that hold names or texts of the ticket, by their name in ours. */
export const TEXT_COLUMNS: Record<string, string> = {
  customer_id_default: 'companyId',
  board: 'board',
  status: 'status',
  close_status: 'closeStatus',
  ticket_type: 'type',
  subtype: 'subtype',
  item: 'item',
  priority: 'priority',
  ticket_prefix: 'summaryPrefix',
  description_template: 'descriptionTemplate',
  summary_remove_strings: 'summaryRemove',
};

/** Columns that are read elsewhere in this folder. */
export const READ_COLUMNS = new Set([
  ...Object.keys(TEXT_COLUMNS),
  'id',
  'name',
  'tags',
  'bearer_token',
  'bearer_auth_enabled',
  'hmac_secret',
  'trusted_ips',
  'trigger_field',
  'open_value',
  'close_value',
  'json_mapping',
  'routing_rules',
  'maintenance_windows',
  'is_enabled',
  'is_pinned',
  'is_draft',
  'display_order',
  'ai_rca_enabled',
  'ai_prompt_template',
  'global_routing_enabled',
  'timeout_alerts_enabled',
  'timeout_hours',
]);

/** What HookWise noted by itself: nothing that was set by a person, so nothing that is missed. */
export const STATE_COLUMNS = new Set([
  'config_health_status',
  'config_health_message',
  'last_ip',
  'last_rotated_at',
  'last_stale_alert_at',
  'last_seen_at',
  'created_at',
  'updated_at',
]);

/** Columns of some versions of HookWise that have no counterpart here: the value that means "not used", and the reason. */
export const OTHER_COLUMNS: Record<string, { unused: readonly unknown[]; reason: string }> = {
  timeout_ticket_id: {
    unused: [null],
    reason: 'This ticket of an earlier silence stays open there: close it by hand.',
  },
  allow_unauthenticated: { unused: [null, false, true], reason: '' },
  rate_limit_per_minute: {
    unused: [null, 60],
    reason: 'There is no limit per endpoint here: honest storms are accepted.',
  },
  retry_enabled: { unused: [null, true], reason: 'Failed calls are always tried again here.' },
  retry_max_attempts: { unused: [null], reason: 'Failed calls are tried again until they work or a person decides.' },
  retry_base_delay_seconds: { unused: [null], reason: 'Waiting between tries is not set per endpoint here.' },
  retry_max_delay_seconds: { unused: [null], reason: 'Waiting between tries is not set per endpoint here.' },
  notify_failure_threshold: { unused: [null, 0, 1], reason: 'Failures are not counted before a ticket is made here.' },
  notify_window_minutes: { unused: [null, 0], reason: 'Failures are not counted before a ticket is made here.' },
  auto_link_configuration_enabled: { unused: [null, false], reason: 'Tickets are not linked to configurations here.' },
  ai_routing_enabled: { unused: [null, false], reason: 'The model does not choose boards here.' },
  ai_summary_enabled: { unused: [null, false], reason: 'The model does not write summaries here.' },
  archived_at: { unused: [null], reason: 'There are no archived endpoints here; it comes as its other columns say.' },
};
