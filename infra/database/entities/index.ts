import { AgreementCheck } from './agreement-check.entity.ts';
import { Alert } from './alert.entity.ts';
import { AnalysisUsage } from './analysis-usage.entity.ts';
import { ApiKey } from './api-key.entity.ts';
import { AuditEntry } from './audit-entry.entity.ts';
import { BellOutbox } from './bell-outbox.entity.ts';
import { BulkReplay } from './bulk-replay.entity.ts';
import { ConfigVersion } from './config-version.entity.ts';
import { Connection } from './connection.entity.ts';
import { DeliveryKey } from './delivery-key.entity.ts';
import { Endpoint } from './endpoint.entity.ts';
import { EndpointHealth } from './endpoint-health.entity.ts';
import { EndpointSeen } from './endpoint-seen.entity.ts';
import { EndpointVersion } from './endpoint-version.entity.ts';
import { Heartbeat } from './heartbeat.entity.ts';
import { Incident } from './incident.entity.ts';
import { IncidentAnalysis } from './incident-analysis.entity.ts';
import { IncidentEvent } from './incident-event.entity.ts';
import { IncidentOrder } from './incident-order.entity.ts';
import { LiveChange } from './live-change.entity.ts';
import { MaintenanceWindow } from './maintenance-window.entity.ts';
import { ModelHealth } from './model-health.entity.ts';
import { PasswordTry } from './password-try.entity.ts';
import { ProcessBeat } from './process-beat.entity.ts';
import { PsaCatalog } from './psa-catalog.entity.ts';
import { PsaWatch } from './psa-watch.entity.ts';
import { Refusal } from './refusal.entity.ts';
import { Setting } from './setting.entity.ts';
import { Statistic } from './statistic.entity.ts';
import { StatisticFold } from './statistic-fold.entity.ts';
import { TenantMapping } from './tenant-mapping.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { TicketNote } from './ticket-note.entity.ts';
import { UsedCode } from './used-code.entity.ts';
import { Webhook } from './webhook.entity.ts';
import { WebhookText } from './webhook-text.entity.ts';

/** Every entity, by name: what the ORM is told. */
export const ENTITIES = {
  AgreementCheck,
  Alert,
  AnalysisUsage,
  ApiKey,
  AuditEntry,
  BellOutbox,
  BulkReplay,
  ConfigVersion,
  Connection,
  DeliveryKey,
  Endpoint,
  EndpointHealth,
  EndpointSeen,
  EndpointVersion,
  Heartbeat,
  Incident,
  IncidentAnalysis,
  IncidentEvent,
  IncidentOrder,
  LiveChange,
  MaintenanceWindow,
  ModelHealth,
  PasswordTry,
  ProcessBeat,
  PsaCatalog,
  PsaWatch,
  Refusal,
  Setting,
  Statistic,
  StatisticFold,
  TenantMapping,
  Ticket,
  TicketNote,
  UsedCode,
  Webhook,
  WebhookText,
} as const;
