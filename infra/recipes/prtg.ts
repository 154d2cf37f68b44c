import type { Json } from '../../workflows/contracts/json.ts';
import type { Recipe } from './recipe.ts';
import { BEARER_HEADER, severityRules } from './recipe.ts';

/** Parameters of the notification template “Execute Program”: name and PRTG's placeholder. */
const PARAMETERS = {
  SensorId: '%sensorid',
  Sensor: '%name',
  Device: '%device',
  Group: '%group',
  Probe: '%probe',
  HostName: '%host',
  Status: '%status',
  LastStatus: '%laststatus',
  Message: '%message',
  Priority: '%prio',
  Link: '%linksensor',
  DateTime: '%datetime',
};

const SCRIPT = `param($Url, $Token, $SensorId, $Sensor, $Device, $Group, $Probe, $HostName, $Status, $LastStatus, $Message, $Priority, $Link, $DateTime)
$ErrorActionPreference = 'Stop'
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
$state = switch -Regex ($Status) {
  '^Up|now: Up' { 'Up'; break }
  '^(Down|Warning|Unusual|Partial)' { 'Down'; break }
  default { 'Other' }
}
$body = @{
  state = $state; status = $Status; laststatus = $LastStatus; sensorid = $SensorId; sensor = $Sensor
  device = $Device; group = $Group; probe = $Probe; host = $HostName; message = $Message
  priority = $Priority; link = $Link; datetime = $DateTime
} | ConvertTo-Json
Invoke-RestMethod -Method Post -Uri $Url -ContentType 'application/json; charset=utf-8' \`
  -Headers @{ Authorization = "Bearer $Token" } -Body ([Text.Encoding]::UTF8.GetBytes($body)) | Out-Null`;

const body = (state: string, status: string, laststatus: string, message: string): Json => ({
  state,
  status,
  laststatus,
  sensorid: '2043',
  sensor: 'Ping',
  device: 'Core switch Vienna',
  group: 'Network',
  probe: 'Local Probe',
  host: '192.0.2.1',
  message,
  priority: '5',
  link: 'https://prtg.example.com/sensor.htm?id=2043',
  datetime: '3/1/2026 9:15:00 AM (W. Europe Standard Time)',
});
const ping = { summary: 'Alert: Core switch Vienna Ping (sensor 2043)', incident: 'ping', severity: 'High' } as const;

export const prtgRecipe: Recipe = {
  id: 'prtg',
  name: 'PRTG',
  sentence: 'A ticket while a sensor is down or warns, closed when it is up.',
  endpoint: {
    name: 'PRTG',
    description: 'The number of the sensor makes the incident. Paused and unknown sensors are history only.',
    ticketing: {
      triggerField: '$.state',
      openValues: ['Down'],
      closeValues: ['Up'],
      mapping: { summary: '$.device $.sensor (sensor $.sensorid)' },
      descriptionTemplate: [
        '{$.sensor} on {$.device} ({$.host}) is {$.status}',
        '',
        '{{ msg }}',
        '',
        'Group: {$.group}',
        'Probe: {$.probe}',
        'Time: {$.datetime}',
        'Link: {$.link}',
        'Request ID: {{ request_id }}',
      ].join('\n'),
      routingRules: severityRules('$.priority', { high: '^[45]$', medium: '^3$', low: '^[12]$' }),
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'A sensor goes down',
      says: 'open',
      body: body('Down', 'Down', 'Up', 'Request timed out (ICMP error # 11010)'),
      alerts: [{ kind: 'open', ...ping }],
    },
    {
      name: 'It is told again, as the trigger repeats it',
      says: 'repeat',
      body: body('Down', 'Down', 'Down', 'Request timed out (ICMP error # 11010)'),
      alerts: [{ kind: 'open', ...ping }],
    },
    {
      name: 'It is up: another status text, the same incident',
      says: 'recovery',
      body: body('Up', 'Down ended (now: Up)', 'Down', 'OK'),
      alerts: [{ kind: 'close', ...ping }],
    },
    {
      name: 'Somebody pauses the sensor',
      says: 'other',
      body: body('Other', 'Paused', 'Down', 'Paused by administrator'),
      alerts: [{ kind: 'other', skipped: 'trigger', ...ping }],
    },
  ],
  setup: {
    proof:
      'A bearer token in a header that the script adds. PRTG’s own “Execute HTTP Action” posts a form without headers of one’s own, which HookWise does not take.',
    header: BEARER_HEADER,
    steps: [
      {
        text: 'On the PRTG core server save the script as hookwise.ps1 in the folder Notifications\\EXE of PRTG’s program folder.',
        paste: SCRIPT,
        language: 'powershell',
      },
      {
        text: 'In PRTG open Setup, Account Settings, Notification Templates, Add; switch on Execute Program, choose hookwise.ps1 and paste the parameters as one line.',
        paste: [
          "-Url '{url}' -Token '{token}'",
          ...Object.entries(PARAMETERS).map(([name, placeholder]) => `-${name} '${placeholder}'`),
        ].join(' '),
        language: 'text',
      },
      {
        text: 'Under Notification Triggers of the root group add state triggers for Down and Warning with this template, and choose it for “When the condition clears” too: without it no ticket is closed.',
      },
      { text: 'The sensor’s priority (one to five stars) becomes the ticket’s severity.' },
    ],
  },
};
