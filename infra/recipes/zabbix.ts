import type { Json } from '../../workflows/contracts/json.ts';
import type { Recipe } from './recipe.ts';
import { severityRules } from './recipe.ts';

/** Parameters of the media type: name and macro. */
export const ZABBIX_PARAMETERS = {
  url: '{url}',
  token: '{token}',
  event_id: '{EVENT.ID}',
  event_name: '{EVENT.NAME}',
  event_status: '{EVENT.STATUS}',
  event_value: '{EVENT.VALUE}',
  event_nseverity: '{EVENT.NSEVERITY}',
  event_severity: '{EVENT.SEVERITY}',
  event_update_status: '{EVENT.UPDATE.STATUS}',
  event_opdata: '{EVENT.OPDATA}',
  event_tags: '{EVENT.TAGSJSON}',
  host_name: '{HOST.NAME}',
  host_ip: '{HOST.IP}',
  trigger_id: '{TRIGGER.ID}',
  trigger_description: '{TRIGGER.DESCRIPTION}',
  subject: '{ALERT.SUBJECT}',
  message: '{ALERT.MESSAGE}',
} as const;

/** The script of the media type; Zabbix runs it with the parameters as JSON in `value`. */
export const ZABBIX_SCRIPT = `var p = JSON.parse(value);
var tags = [];
try { tags = JSON.parse(p.event_tags); } catch (error) { Zabbix.log(4, '[HookWise] no tags'); }
var request = new HttpRequest();
request.addHeader('Content-Type: application/json');
request.addHeader('Authorization: Bearer ' + p.token);
var answer = request.post(p.url, JSON.stringify({
  event: {
    id: p.event_id, name: p.event_name, status: p.event_status, value: p.event_value,
    severity: p.event_severity, nseverity: p.event_nseverity,
    update_status: p.event_update_status, opdata: p.event_opdata, tags: tags
  },
  host: { name: p.host_name, ip: p.host_ip },
  trigger: { id: p.trigger_id, description: p.trigger_description },
  subject: p.subject,
  message: p.message
}));
if (request.getStatus() !== 202) throw 'HookWise answered ' + request.getStatus() + ': ' + answer;
return 'OK';`;

const problem = {
  id: '48213',
  name: 'High CPU utilization (over 90% for 5m)',
  status: 'PROBLEM',
  value: '1',
  severity: 'Average',
  nseverity: '3',
  update_status: '0',
  opdata: 'Current utilization: 97.1 %',
  tags: [
    { tag: 'CW_ID', value: 'ACME' },
    { tag: 'component', value: 'cpu' },
    { tag: 'scope', value: 'performance' },
  ],
};
const rest = {
  host: { name: 'web-01', ip: '192.0.2.20' },
  trigger: { id: '23710', description: 'The CPU is busy; the system may answer slowly.' },
};
const body = (event: Json, subject: string, message: string): Json => ({ event, ...rest, subject, message });
const alert = { summary: 'Alert: web-01 High CPU utilization (over 90% for 5m)', incident: 'cpu', companyId: 'ACME' };

export const zabbixRecipe: Recipe = {
  id: 'zabbix',
  name: 'Zabbix',
  sentence: 'A ticket for each problem of a host, closed when Zabbix resolves it.',
  endpoint: {
    name: 'Zabbix',
    description: 'Host and event name make the incident; the subject, which differs on recovery, does not.',
    ticketing: {
      triggerField: '$.event.value',
      openValues: ['1'],
      closeValues: ['0'],
      mapping: {
        summary: '$.host.name $.event.name',
        customer_id: "$.event.tags[?(@.tag=='CW_ID')].value",
      },
      descriptionTemplate: [
        '{$.subject}',
        '',
        '{$.message}',
        '',
        'Host: {$.host.name} {$.host.ip}',
        'Severity: {$.event.severity}',
        'Data: {$.event.opdata}',
        'Trigger: {$.trigger.description}',
        'Event: {$.event.id}',
        'Request ID: {{ request_id }}',
      ].join('\n'),
      routingRules: severityRules('$.event.nseverity', { high: '^[45]$', medium: '^[23]$', low: '^[01]$' }),
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'A problem',
      says: 'open',
      body: body(
        problem,
        `Problem: ${problem.name}`,
        `Problem started at 09:15:00 on 2026.03.01\nHost: web-01\nSeverity: Average`,
      ),
      alerts: [{ kind: 'open', severity: 'Medium', ...alert }],
    },
    {
      name: 'Somebody acknowledged it',
      says: 'repeat',
      body: body(
        { ...problem, update_status: '1' },
        `Updated problem in 4m 2s: ${problem.name}`,
        'Admin acknowledged problem at 2026.03.01 09:19:02.',
      ),
      alerts: [{ kind: 'open', severity: 'Medium', ...alert }],
    },
    {
      name: 'It is resolved: another subject, the same incident',
      says: 'recovery',
      body: body(
        { ...problem, status: 'RESOLVED', value: '0', opdata: 'Current utilization: 12.4 %' },
        `Resolved in 9m 0s: ${problem.name}`,
        'Problem has been resolved at 09:24:00 on 2026.03.01',
      ),
      alerts: [{ kind: 'close', severity: 'Medium', ...alert }],
    },
  ],
  setup: {
    proof: 'A bearer token in a header that the script adds.',
    header: 'Authorization: Bearer {token}',
    steps: [
      {
        text: 'In Zabbix (6.0 or newer) open Alerts, Media types, Create media type; name it HookWise, type Webhook. Replace the parameters by these, one a line as name and value.',
        paste: Object.entries(ZABBIX_PARAMETERS)
          .map(([name, macro]) => `${name}\t${macro}`)
          .join('\n'),
        language: 'text',
      },
      { text: 'Paste the script.', paste: ZABBIX_SCRIPT, language: 'javascript' },
      { text: 'Under Message templates add Problem, Problem recovery and Problem update with their defaults.' },
      { text: 'Give the media type to a user (Users, Media; “Send to” may be anything) who may read the hosts.' },
      {
        text: 'Give a host the tag CW_ID with the company’s identifier as its value where tickets go to customers.',
      },
      {
        text: 'Under Alerts, Actions, Trigger actions send to that user by HookWise in Operations, in Recovery operations and, if wished, in Update operations.',
      },
    ],
  },
};
