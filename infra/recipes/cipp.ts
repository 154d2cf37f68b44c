import type { Json } from '../../workflows/contracts/json.ts';
import type { Recipe } from './recipe.ts';
import { BEARER_HEADER } from './recipe.ts';

const scheduled = (results: Json): Json => ({
  tenantId: '7a1c8d0e-53b4-4f6f-9c1a-2f6b8c1d4e5f',
  Tenant: 'contoso.onmicrosoft.com',
  TaskInfo: {
    PartitionKey: 'ScheduledTask',
    RowKey: 'b2d9c0a1-77e5-4a55-8f0e-1a2b3c4d5e6f',
    Name: 'contoso.onmicrosoft.com: Alert on admins without any form of MFA',
    Command: 'Get-CIPPAlertMFAAdmins',
    TaskState: 'Running',
    Recurrence: '1d',
    PostExecution: 'Webhook',
    ScheduledTime: '1772352000',
    ExecutedTime: '1772265600',
  },
  Results: results,
  AlertComment: 'Switch MFA on, then tell the customer.',
});

const audit: Json = {
  Title: 'contoso.onmicrosoft.com - A new inbox rule has been created for ann@contoso.com',
  ActionUrl: 'https://cipp.example.com/identity/administration/users?customerId=contoso.onmicrosoft.com',
  ActionText: 'Start BEC Investigation',
  RawData: {
    CreationTime: '2026-03-01T09:15:00',
    Id: '5b0c1f42-3a77-4d0e-8a5e-0c9d8e7f6a5b',
    Operation: 'New-InboxRule',
    OrganizationId: '7a1c8d0e-53b4-4f6f-9c1a-2f6b8c1d4e5f',
    UserId: 'ann@contoso.com',
    ClientIP: '203.0.113.7',
    Workload: 'Exchange',
  },
  IP: '203.0.113.7',
  PotentialLocationInfo: { CountryOrRegion: 'AT', City: 'Vienna', Proxy: false, Hosting: false },
  ActionsTaken: [],
};
const summary = 'Alert: contoso.onmicrosoft.com: Alert on admins without any form of MFA';

export const cippRecipe: Recipe = {
  id: 'cipp',
  name: 'CIPP',
  sentence: 'A ticket for each Microsoft 365 alert of CIPP, for the customer that the tenant map names.',
  endpoint: {
    name: 'CIPP',
    description:
      'CIPP never tells that an alert is over: a person closes the ticket, later alerts until then are notes.',
    ticketing: {
      triggerField: '$.TaskInfo.Command|$.task.command|$.Title',
      openValues: [],
      closeValues: [],
      otherValues: 'open',
      mapping: { summary: '$.TaskInfo.Name|$.task.name|$.Title|$.title|$.API|$[0].API' },
      routingRules: [
        {
          path: '$.TaskInfo.Command|$.task.command|$.RawData.Operation',
          pattern: 'Breach|Defender|Malware|RiskyUsers|Vulnerabilit|InboxRule|UserLoggedIn',
          overrides: { severity: 'High' },
        },
        {
          path: '$.TaskInfo.Command|$.task.command',
          pattern: 'Expir|Licen[sc]e|Quota|Unused|Inactive|SecureScore|Stale',
          overrides: { severity: 'Low' },
        },
      ],
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'person',
  samples: [
    {
      name: 'An alert task found something',
      says: 'open',
      body: scheduled([{ UserPrincipalName: 'admin@contoso.com', DisplayName: 'Admin Contoso' }]),
      alerts: [{ kind: 'open', summary, incident: 'mfa' }],
    },
    {
      name: 'It found the same and more the next day',
      says: 'repeat',
      body: scheduled([
        { UserPrincipalName: 'admin@contoso.com', DisplayName: 'Admin Contoso' },
        { UserPrincipalName: 'backup@contoso.com', DisplayName: 'Backup Admin' },
      ]),
      alerts: [{ kind: 'open', summary, incident: 'mfa' }],
    },
    {
      name: 'An audit log alert',
      says: 'open',
      body: audit,
      alerts: [
        {
          kind: 'open',
          summary: 'Alert: contoso.onmicrosoft.com - A new inbox rule has been created for ann@contoso.com',
          incident: 'rule',
          severity: 'High',
        },
      ],
    },
  ],
  setup: {
    proof: 'A bearer token, where your CIPP can send a header with its webhook; else the addresses CIPP sends from.',
    header: BEARER_HEADER,
    steps: [
      { text: 'In CIPP open Settings, Notifications and paste the address as the webhook.', paste: '{url}' },
      {
        text: 'Add the header Authorization with the value Bearer {token} to the webhook: CIPP can since the spring of 2026. An older one cannot; then change the endpoint’s verification to the addresses of your CIPP’s function app.',
        paste: JSON.stringify({ verification: [{ type: 'ip', allow: ['203.0.113.0/24'] }] }),
        language: 'json',
      },
      {
        text: 'Under Tenant Administration, Alert Configuration add alerts with the action Webhook. Choose tenants one by one or all.',
      },
      {
        text: 'Map each tenant to its company (POST /api/v1/tenant-mappings): the recipe finds the tenant’s domain in the body by itself.',
        paste: JSON.stringify({ tenant: 'contoso.onmicrosoft.com', companyId: 'CONTOSO', description: 'Contoso' }),
        language: 'json',
      },
    ],
  },
};
