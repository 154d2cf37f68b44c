import { z } from 'zod';
import { LIVE_TOPICS } from '../../infra/database/live-feed.ts';
import type { Operation } from './openapi-paths.ts';
import { ServicesView } from './services/check-services.ts';
import { SIGN_IN_PATHS } from './users/sign-in-paths.ts';

const LiveParameters = z.object({
  endpoint: z.uuid().optional(),
  topic: z
    .string()
    .optional()
    .meta({ description: `Some of ${LIVE_TOPICS.join(', ')}, with commas between; all where left out.` }),
  after: z
    .string()
    .optional()
    .meta({ description: 'Goes on after this event; the header Last-Event-ID says the same and goes first.' }),
});
const LiveEvents = z
  .string()
  .meta({ description: 'Events hello, change, counts and gap; each id is a place to go on from.' });
const Health = z.object({ status: z.string() });

/** What the console answers besides /api/v1, by whole addresses: the live feed, health, and people's own sign-in. */
export const OTHER_PATHS: Record<string, Record<string, Operation>> = {
  '/api/live': {
    get: {
      summary: 'What changes, as server-sent events; scope live:read',
      query: LiveParameters,
      answers: { 200: LiveEvents },
      answersAs: 'text/event-stream',
    },
  },
  '/health/live': { get: { summary: 'Whether the console runs', answers: { 200: Health }, isOpen: true } },
  '/health/ready': { get: { summary: 'Whether the console can work', answers: { 200: Health }, isOpen: true } },
  '/health/services': {
    get: { summary: 'How database, Temporal, worker and ticket system are', answers: { 200: ServicesView } },
  },
  ...SIGN_IN_PATHS,
};
