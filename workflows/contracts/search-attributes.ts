/** Names of the Keyword search attributes that incidents carry; registered by the prepare step and the dev server's flags. */
export const SEARCH_ATTRIBUTES = {
  endpoint: 'HookwiseEndpoint',
  company: 'HookwiseCompany',
  phase: 'HookwisePhase',
  ticket: 'HookwiseTicket',
} as const;
