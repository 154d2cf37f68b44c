import { z } from 'zod';
import { LIVE_TOPICS, type LiveTopic } from '../../../infra/database/live-feed.ts';

const isTopic = (text: string): text is LiveTopic => (LIVE_TOPICS as readonly string[]).includes(text);

/** What a reader wants to be told, and after which place. */
export const LiveQuery = z.strictObject({
  endpoint: z.uuid('must be the id of an endpoint').optional(),
  topic: z
    .string()
    .max(100)
    .optional()
    .transform((text) => (text === undefined ? [...LIVE_TOPICS] : text.split(',').map((topic) => topic.trim())))
    .pipe(z.array(z.string().refine(isTopic, `must be some of ${LIVE_TOPICS.join(', ')}, with commas between`)).min(1))
    .meta({ description: 'webhook, alert, incident, or several with commas between.' }),
  after: z
    .string()
    .regex(/^\d{1,19}-\d{1,18}$/, 'must be the id of an event of this feed')
    .optional()
    .meta({ description: 'Goes on after this event; the header Last-Event-ID says the same and goes first.' }),
});
export type LiveQuery = z.output<typeof LiveQuery>;
