/** Task queues by kind of work, so that a slow kind never holds another back. Frozen once shipped. */
export const TASK_QUEUES = {
  workflows: 'hookwise',
  tickets: 'hookwise-tickets',
  upkeep: 'hookwise-upkeep',
  analysis: 'hookwise-analysis',
} as const;
