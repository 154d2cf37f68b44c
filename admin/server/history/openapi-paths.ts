import { z } from 'zod';
import type { Operation } from '../openapi-paths.ts';
import { BulkReplayInput, BulkReplayPage, BulkReplayPreview, BulkReplayView } from './bulk/schemas.ts';
import {
  BodySearchQuery,
  BodySearchLine,
  ComparisonView,
  HistoryFilterInput,
  HistoryQuery,
  ReplayInput,
  WebhookDetail,
  WebhookPage,
} from './schemas.ts';

const Queued = z.object({ request_id: z.uuid() }).meta({ id: 'QueuedReplay' });

/** What was received: looked through, compared, carried out and replayed. */
export const HISTORY_PATHS: Record<string, Record<string, Operation>> = {
  '/history': { get: { summary: 'What was received', query: HistoryQuery, answers: { 200: WebhookPage } } },
  '/history.csv': {
    get: {
      summary: 'Everything a filter matches as CSV, streamed; no cell is taken for a formula',
      query: HistoryFilterInput,
      answers: { 200: z.string() },
      answersAs: 'text/csv',
    },
  },
  '/history/search': {
    get: {
      summary: 'Look for a text in masked bodies, line by line with progress; the last line says where it ended',
      query: BodySearchQuery,
      answers: { 200: BodySearchLine },
      answersAs: 'application/x-ndjson',
    },
  },
  '/history/replay': {
    get: { summary: 'The newest replays by filter', answers: { 200: BulkReplayPage } },
    post: {
      summary: 'Replay everything that a filter matches, at a rate, or only count it',
      body: BulkReplayInput,
      answers: { 200: BulkReplayPreview, 202: BulkReplayView },
      mayConflict: true,
    },
  },
  '/history/replay/{id}': {
    get: { summary: 'How far a replay by filter is', answers: { 200: BulkReplayView } },
  },
  '/history/replay/{id}/cancel': {
    post: { summary: 'End a replay by filter', answers: { 200: BulkReplayView }, mayConflict: true },
  },
  '/history/{id}': { get: { summary: 'One webhook by its request id', answers: { 200: WebhookDetail } } },
  '/history/{id}/compare/{other}': {
    get: { summary: 'Two webhooks and where they differ', answers: { 200: ComparisonView } },
  },
  '/history/{id}/replay': {
    post: {
      summary: 'Take a webhook through the planner again',
      body: ReplayInput,
      answers: { 202: Queued },
      mayConflict: true,
    },
  },
};
