/** Names of the seeded tenant. Lists are long on purpose: whoever reads one page of 25 misses what matters. */
export const otherBoards = [
  'Alerts',
  'Backup',
  'Billing',
  'Cabling',
  'Cloud',
  'Compliance',
  'Database',
  'Deployments',
  'Email',
  'Facilities',
  'Field Service',
  'Firewall',
  'Hardware',
  'Human Resources',
  'Identity',
  'Imaging',
  'Licensing',
  'Mobile',
  'Network',
  'Onboarding',
  'Phones',
  'Printing',
  'Procurement',
  'Purchasing',
  'Remote Access',
  'Reporting',
] as const;

export const defaultBoard = 'Service Board';
export const boardsWithStatuses = [defaultBoard, 'NOC', 'Escalations', 'Retired Board'] as const;

const workStatuses = [
  'New',
  'In Progress',
  'Assigned',
  'Scheduled',
  'Triage',
  'Waiting on Customer',
  'Waiting on Vendor',
  'Waiting on Parts',
  'Waiting on Approval',
  'On Site',
  'Remote Session',
  'Escalated',
  'Tier 2',
  'Tier 3',
  'Follow Up',
  'Customer Replied',
  'Quoted',
  'Ordered',
  'Shipped',
  'Received',
  'Testing',
  'Ready to Deploy',
  'Deployed',
  'Monitoring',
  'Review',
] as const;

export type StatusSeed = { name: string; closedStatus?: boolean; defaultFlag?: boolean; inactive?: boolean };

/** The statuses of the default board: the closing ones lie past the first page of 25. */
export const longStatuses: readonly StatusSeed[] = [
  ...workStatuses.map((name) => ({ name, defaultFlag: name === 'New' })),
  { name: 'Old Closed', closedStatus: true, inactive: true },
  { name: 'Completed', closedStatus: true },
  { name: 'Cancelled', closedStatus: true },
  { name: 'Closed', closedStatus: true },
  { name: 'Closed (no flag)' },
];

/** Other boards: same words, other ids, and one status nobody else has. */
export const shortStatuses = (board: string): readonly StatusSeed[] => [
  { name: 'New', defaultFlag: true },
  { name: 'In Progress' },
  { name: `Waiting (${board})` },
  { name: 'Completed' },
  { name: 'Closed', closedStatus: true },
];

export const types = [
  { name: 'Incident', subTypes: { Server: ['Disk', 'Memory', 'CPU'], Network: ['Switch', 'Router'] } },
  { name: 'Request', subTypes: { Access: ['Grant', 'Revoke'], Hardware: ['Laptop'] } },
  { name: 'Monitoring', subTypes: { Server: ['Disk'], Website: ['Down', 'Slow'] } },
] as const;

export const priorities = [
  { name: 'Priority 1 - Critical', color: 'Red' },
  { name: 'Priority 2 - High', color: 'Orange' },
  { name: 'Priority 3 - Normal', color: 'Yellow', defaultFlag: true },
  { name: 'Priority 4 - Low', color: 'White' },
  { name: 'P1', color: 'Red' },
  { name: 'P2', color: 'Orange' },
  { name: 'P3', color: 'Yellow' },
  { name: 'P4', color: 'White' },
] as const;

export const sources = ['Call', 'Email Connector', 'Portal', 'Monitoring'] as const;

/** Past the first page; the identifier is the short name people call "company ID". */
export const namedCompanies = [
  ['ACME', 'Acme Limited'],
  ['GLOBEX', 'Globex Corporation'],
  ['INITECH', 'Initech'],
  ['UMBRELLA', 'Umbrella Health'],
  ['WAYNE', "Wayne's Garage"],
  ['HOOLI', 'Hooli "West"'],
] as const;

export const people = [
  ['jdoe', 'Jane', 'Doe'],
  ['asmith', 'Alex', 'Smith'],
  ['mlopez', 'Maria', 'Lopez'],
] as const;
