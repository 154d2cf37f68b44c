import { z } from 'zod';
import { AuditPage, AuditQuery } from './audit-log/schemas.ts';
import { BacktestInput, BacktestLine } from './backtest/schemas.ts';
import { ChangeQuery } from './endpoints/change-endpoint.ts';
import { CreateEndpointQuery } from './endpoints/create.ts';
import { AnalysisView } from './analysis/schemas.ts';
import { DeleteEndpointQuery } from './endpoints/delete.ts';
import { DryRunInput, DryRunView } from './endpoints/dry-run-schemas.ts';
import { EndpointQuery } from './endpoints/list.ts';
import { MORE_ENDPOINT_PATHS } from './endpoints/openapi-paths.ts';
import { MoveInput } from './endpoints/move.ts';
import { RotateTokenInput } from './endpoints/rotate-token.ts';
import { EndpointInput, EndpointPage, EndpointPatch, EndpointView } from './endpoints/schemas.ts';
import { TestInput } from './endpoints/test.ts';
import { VersionDetail, VersionDiff, VersionPage, VersionQuery } from './endpoints/version-schemas.ts';
import { HeartbeatPage, HeartbeatQuery, SilencePage, SilenceQuery } from './heartbeats/schemas.ts';
import { HISTORY_PATHS } from './history/openapi-paths.ts';
import { LedgerPage, LedgerQuery } from './ledger/schemas.ts';
import { AdoptInput, CloseInput, NoteInput, NothingInput, SnoozeInput } from './incidents/orders.ts';
import {
  BoardQuery,
  IncidentBoard,
  IncidentDetail,
  IncidentPage,
  IncidentQuery,
  IncidentRun,
  OrderOutcome,
} from './incidents/schemas.ts';
import {
  GlobalWindowInput,
  GlobalWindowPage,
  GlobalWindowPatch,
  GlobalWindowQuery,
  GlobalWindowView,
} from './maintenance-windows/schemas.ts';
import { CallbackView } from './psa/callback-schemas.ts';
import { CatalogQuery, CatalogView, RefreshStarted, RefreshView } from './psa/schemas.ts';
import { RecipePage, RecipeView } from './recipes/schemas.ts';
import { SettingsInput, SettingsView } from './settings/schemas.ts';
import { ActivityView } from './stats/get-activity.ts';
import { PulseView } from './stats/get-pulse.ts';
import { StatsQuery, StatsView } from './stats/get.ts';
import {
  TenantMappingInput,
  TenantMappingPage,
  TenantMappingPatch,
  TenantMappingQuery,
  TenantMappingView,
  TenantMatchQuery,
  TenantMatchView,
} from './tenant-mappings/schemas.ts';
import { TicketPatch, TicketReplyInput } from './tickets/person-verbs.ts';
import { TicketDetail, TicketPage, TicketQuery } from './tickets/schemas.ts';
import { TRANSFER_PATHS } from './transfer/openapi-paths.ts';
import { ACCESS_PATHS } from './users/openapi-paths.ts';
import { AgreementView, WorkflowPage, WorkflowQuery } from './workflows/schemas.ts';

/** One operation of REST as the document tells it; `answers` by status, null for no body. */
export interface Operation {
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  answers: Record<number, z.ZodType | null>;
  /** Media type of the answers; JSON where not said. */
  answersAs?: string;
  mayConflict?: true;
  /** Whoever is not signed in may ask too. */
  isOpen?: true;
}

const Queued = z.object({ request_id: z.uuid() }).meta({ id: 'Queued' });
const order = (summary: string, body: z.ZodType): Record<string, Operation> => ({
  post: { summary, body, answers: { 200: OrderOutcome, 202: OrderOutcome }, mayConflict: true },
});

/** Every path under /api/v1 and what can be done there. A test holds it against the route files. */
export const API_PATHS: Record<string, Record<string, Operation>> = {
  '/endpoints': {
    get: { summary: 'List endpoints', query: EndpointQuery, answers: { 200: EndpointPage } },
    post: {
      summary: 'Make an endpoint',
      query: CreateEndpointQuery,
      body: EndpointInput,
      answers: { 201: EndpointView },
    },
  },
  '/endpoints/{id}': {
    get: { summary: 'One endpoint', answers: { 200: EndpointView } },
    patch: {
      summary: 'Change an endpoint',
      query: ChangeQuery,
      body: EndpointPatch,
      answers: { 200: EndpointView },
      mayConflict: true,
    },
    delete: { summary: 'Delete an endpoint', query: DeleteEndpointQuery, answers: { 204: null } },
  },
  '/endpoints/{id}/backtest': {
    post: {
      summary: 'What a draft would have made of the recorded webhooks, line by line; the last line is the result',
      body: BacktestInput,
      answers: { 200: BacktestLine },
      answersAs: 'application/x-ndjson',
    },
  },
  '/endpoints/{id}/move': {
    post: {
      summary: 'Give an endpoint another place in lists; makes no version',
      body: MoveInput,
      answers: { 200: z.object({ moved: z.int().meta({ description: 'Endpoints whose position changed.' }) }) },
    },
  },
  '/endpoints/{id}/rotate-token': {
    post: {
      summary: 'A new bearer token',
      body: RotateTokenInput,
      answers: { 200: z.object({ token: z.string(), oldTokenUntil: z.string().nullable() }) },
      mayConflict: true,
    },
  },
  '/endpoints/{id}/dry-run': {
    post: { summary: 'Plan a body without doing anything', body: DryRunInput, answers: { 200: DryRunView } },
  },
  '/endpoints/{id}/versions': {
    get: { summary: 'Every save of an endpoint', query: VersionQuery, answers: { 200: VersionPage } },
  },
  '/endpoints/{id}/versions/{version}': {
    get: { summary: 'One version', answers: { 200: VersionDetail } },
  },
  '/endpoints/{id}/versions/{version}/diff/{other}': {
    get: { summary: 'What changed from one version to another', answers: { 200: VersionDiff } },
  },
  '/endpoints/{id}/versions/{version}/restore': {
    post: {
      summary: 'Save an earlier version as the newest',
      query: ChangeQuery,
      answers: { 200: EndpointView },
      mayConflict: true,
    },
  },
  '/endpoints/{id}/test': {
    post: { summary: 'Queue a genuine sample', body: TestInput, answers: { 202: Queued }, mayConflict: true },
  },
  ...MORE_ENDPOINT_PATHS,
  '/heartbeats': {
    get: { summary: 'Who is expected when, and who is silent', query: HeartbeatQuery, answers: { 200: HeartbeatPage } },
  },
  '/heartbeats/{id}/silences': {
    get: {
      summary: 'When an endpoint was silent, for how long, and what ended it',
      query: SilenceQuery,
      answers: { 200: SilencePage },
    },
  },
  ...HISTORY_PATHS,
  '/incidents': { get: { summary: 'List incidents', query: IncidentQuery, answers: { 200: IncidentPage } } },
  '/incidents/board': {
    get: {
      summary: 'How many incidents are in each phase, with the last changed of each',
      query: BoardQuery,
      answers: { 200: IncidentBoard },
    },
  },
  '/incidents/{id}': { get: { summary: 'One incident with its timeline', answers: { 200: IncidentDetail } } },
  '/incidents/{id}/ledger': {
    get: {
      summary: 'Every decision about the incident with its cause',
      query: LedgerQuery,
      answers: { 200: LedgerPage },
    },
  },
  '/incidents/{id}/run': { get: { summary: 'What its workflow does right now', answers: { 200: IncidentRun } } },
  '/incidents/{id}/note': order('Write a note on the ticket', NoteInput),
  '/incidents/{id}/close': order('Close the ticket', CloseInput),
  '/incidents/{id}/retry': order('Try again now', NothingInput),
  '/incidents/{id}/create': order('Create a ticket although the outcome of an earlier try is not known', NothingInput),
  '/incidents/{id}/adopt': order('Take an existing ticket as the incident’s', AdoptInput),
  '/incidents/{id}/acknowledge': order('No further notes until the ticket is closed', NothingInput),
  '/incidents/{id}/snooze': order('No further notes until a time', SnoozeInput),
  '/incidents/{id}/analyse': order('Ask the language model for the root cause', NothingInput),
  '/analysis': {
    get: {
      summary: 'How the language model was when last asked, and the day’s budget',
      answers: { 200: AnalysisView },
    },
  },
  '/analysis/check': { post: { summary: 'Ask the language model how it is', answers: { 200: AnalysisView } } },
  '/tickets': { get: { summary: 'Tickets of the built-in desk', query: TicketQuery, answers: { 200: TicketPage } } },
  '/tickets/{id}': {
    get: { summary: 'One ticket with its notes', answers: { 200: TicketDetail } },
    patch: { summary: 'Close a ticket, or open it again', body: TicketPatch, answers: { 204: null } },
  },
  '/tickets/{id}/notes': {
    post: { summary: 'Reply on a ticket', body: TicketReplyInput, answers: { 201: z.object({ id: z.string() }) } },
  },
  '/audit': { get: { summary: 'Who changed what', query: AuditQuery, answers: { 200: AuditPage } } },
  '/settings': {
    get: { summary: 'The settings', answers: { 200: SettingsView } },
    patch: {
      summary: 'Change settings',
      query: ChangeQuery,
      body: SettingsInput,
      answers: { 200: SettingsView },
      mayConflict: true,
    },
  },
  '/tenant-mappings': {
    get: { summary: 'The tenant map', query: TenantMappingQuery, answers: { 200: TenantMappingPage } },
    post: { summary: 'Map a tenant', body: TenantMappingInput, answers: { 201: TenantMappingView }, mayConflict: true },
  },
  '/tenant-mappings/match': {
    get: { summary: 'Which mapping a tenant finds', query: TenantMatchQuery, answers: { 200: TenantMatchView } },
  },
  '/tenant-mappings/{id}': {
    get: { summary: 'One mapping', answers: { 200: TenantMappingView } },
    patch: {
      summary: 'Change a mapping',
      body: TenantMappingPatch,
      answers: { 200: TenantMappingView },
      mayConflict: true,
    },
    delete: { summary: 'Delete a mapping', answers: { 204: null } },
  },
  '/maintenance-windows': {
    get: { summary: 'Windows for all endpoints', query: GlobalWindowQuery, answers: { 200: GlobalWindowPage } },
    post: { summary: 'Make a window', body: GlobalWindowInput, answers: { 201: GlobalWindowView } },
  },
  '/maintenance-windows/{id}': {
    get: { summary: 'One window', answers: { 200: GlobalWindowView } },
    patch: { summary: 'Change a window', body: GlobalWindowPatch, answers: { 200: GlobalWindowView } },
    delete: { summary: 'Delete a window', answers: { 204: null } },
  },
  '/psa/callbacks': {
    get: { summary: 'How the callback at the ticket system stands', answers: { 200: CallbackView } },
    post: { summary: 'Have the ticket system call us when a ticket changes', answers: { 200: CallbackView } },
    delete: { summary: 'Remove our callback from the ticket system', answers: { 200: CallbackView } },
  },
  '/psa/refresh': {
    get: { summary: 'How the reading of the pick lists goes or went', answers: { 200: RefreshView } },
    post: { summary: 'Read the pick lists of the ticket system anew', answers: { 202: RefreshStarted } },
  },
  '/recipes': { get: { summary: 'Ready endpoints for known senders', answers: { 200: RecipePage } } },
  '/recipes/{id}': {
    get: { summary: 'A recipe: configuration, genuine bodies, set-up of the sender', answers: { 200: RecipeView } },
  },
  '/psa/{kind}': {
    get: { summary: 'A pick list of the ticket system', query: CatalogQuery, answers: { 200: CatalogView } },
  },
  '/workflows': {
    get: { summary: 'Workflows as Temporal lists them', query: WorkflowQuery, answers: { 200: WorkflowPage } },
  },
  '/workflows/agreement': {
    get: { summary: 'Where Postgres and the list of workflows disagree', answers: { 200: AgreementView } },
  },
  '/stats': { get: { summary: 'Numbers of the day, week or month', query: StatsQuery, answers: { 200: StatsView } } },
  '/stats/pulse': { get: { summary: 'What waits, is stuck or silent right now', answers: { 200: PulseView } } },
  '/stats/endpoints': { get: { summary: 'The last 24 hours of every endpoint', answers: { 200: ActivityView } } },
  ...TRANSFER_PATHS,
  ...ACCESS_PATHS,
};
