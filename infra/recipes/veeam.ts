import type { Json } from '../../workflows/contracts/json.ts';
import type { Recipe } from './recipe.ts';
import { BEARER_HEADER } from './recipe.ts';

const SCRIPT = `# Posts each backup session that ended since the last run. Needs Veeam Backup & Replication 11 or newer.
$Url = '{url}'
$Token = '{token}'
$ErrorActionPreference = 'Stop'
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
Import-Module Veeam.Backup.PowerShell -DisableNameChecking
$mark = Join-Path $env:ProgramData 'hookwise-veeam.txt'
$since = if (Test-Path $mark) { [datetime]::Parse((Get-Content $mark), $null, 'RoundtripKind') } else { (Get-Date).AddHours(-1) }
$sessions = Get-VBRBackupSession | Where-Object { $_.State -eq 'Stopped' -and $_.EndTime -gt $since } | Sort-Object EndTime
foreach ($session in $sessions) {
  $body = @{
    Server = $env:COMPUTERNAME; JobName = $session.JobName; JobType = $session.JobTypeString
    Result = $session.Result.ToString(); WillBeRetried = $session.WillBeRetried
    Start = $session.CreationTime.ToString('o'); End = $session.EndTime.ToString('o')
    message = ($session.GetDetails() -replace '<br />', ' ').Trim()
  } | ConvertTo-Json
  Invoke-RestMethod -Method Post -Uri $Url -ContentType 'application/json; charset=utf-8' \`
    -Headers @{ Authorization = "Bearer $Token"; 'Idempotency-Key' = $session.Id.ToString() } \`
    -Body ([Text.Encoding]::UTF8.GetBytes($body)) | Out-Null
  Set-Content $mark $session.EndTime.ToString('o')
}`;

const body = (Result: string, message: string, WillBeRetried = false): Json => ({
  Server: 'VBR01',
  JobName: 'Daily file servers',
  JobType: 'VMware Backup',
  Result,
  WillBeRetried,
  Start: '2026-03-01T01:00:03.1270000+01:00',
  End: '2026-03-01T01:42:51.4400000+01:00',
  message,
});
const headers = (id: string) => ({ 'Idempotency-Key': `7f4f0d7e-1c55-4a0e-9b35-${id.padStart(12, '0')}` });
const job = { summary: 'Alert: VBR01 Daily file servers', incident: 'job' };

export const veeamRecipe: Recipe = {
  id: 'veeam',
  name: 'Veeam',
  sentence: 'A ticket for a backup job that failed or warned, closed by the next run that succeeds.',
  endpoint: {
    name: 'Veeam',
    description: 'Server and job make the incident. A run that Veeam tries again by itself is history only.',
    ticketing: {
      triggerField: '$.Result',
      openValues: ['Failed', 'Warning'],
      closeValues: ['Success'],
      mapping: { summary: '$.Server $.JobName' },
      descriptionTemplate: [
        '{$.JobType} job {$.JobName} on {$.Server}: {$.Result}',
        '',
        '{{ msg }}',
        '',
        'Start: {$.Start}',
        'End: {$.End}',
        'Request ID: {{ request_id }}',
      ].join('\n'),
      routingRules: [
        { path: '$.Result', pattern: '^Failed$', overrides: { severity: 'High' } },
        { path: '$.Result', pattern: '^Warning$', overrides: { severity: 'Low' } },
        { path: '$.WillBeRetried', pattern: '^true$', overrides: { drop: true } },
      ],
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'A run fails, Veeam will try it again',
      says: 'other',
      headers: headers('1'),
      body: body('Failed', 'Error: Failed to connect to host esx-02', true),
      alerts: [{ kind: 'open', severity: 'High', skipped: 'dropped', ...job }],
    },
    {
      name: 'The last try fails',
      says: 'open',
      headers: headers('2'),
      body: body('Failed', 'Error: Failed to connect to host esx-02'),
      alerts: [{ kind: 'open', severity: 'High', ...job }],
    },
    {
      name: 'The next night ends with a warning',
      says: 'repeat',
      headers: headers('3'),
      body: body('Warning', 'VM fs-01: changed block tracking cannot be used'),
      alerts: [{ kind: 'open', severity: 'Low', ...job }],
    },
    {
      name: 'The night after succeeds',
      says: 'recovery',
      headers: headers('4'),
      body: body('Success', ''),
      alerts: [{ kind: 'close', ...job }],
    },
  ],
  setup: {
    proof: 'A bearer token in a header that the script adds.',
    header: BEARER_HEADER,
    steps: [
      {
        text: 'On the backup server save the script, for example as C:\\Scripts\\hookwise-veeam.ps1. The jobs of Veeam Backup & Replication 11 and 12 post no webhooks; the script does it for them.',
        paste: SCRIPT,
        language: 'powershell',
      },
      {
        text: 'Let the Task Scheduler run it every 5 minutes, as an account that is a Veeam Backup Administrator.',
        paste:
          'schtasks /Create /TN HookWise /SC MINUTE /MO 5 /RU SYSTEM /TR "powershell.exe -NoProfile -ExecutionPolicy Bypass -File C:\\Scripts\\hookwise-veeam.ps1"',
        language: 'text',
      },
      {
        text: 'A run posted twice, after a lost answer, counts once: its session id is sent as the delivery id.',
      },
      {
        text: 'Switch the endpoint’s heartbeat on (1,440 minutes) to hear of a backup server that says nothing at all.',
      },
    ],
  },
};
