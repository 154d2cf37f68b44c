import { checkRunBody, dependabotAlertBody, pingBody, workflowRunBody } from './github-bodies.ts';
import type { Recipe } from './recipe.ts';
import { severityRules } from './recipe.ts';

const headers = (event: string, id: string) => ({
  'X-GitHub-Event': event,
  'X-GitHub-Delivery': `72d3162e-cc78-11e3-81ab-${id.padStart(12, '0')}`,
});
const build = { summary: 'Alert: acme/shop CI main', incident: 'build' };
const check = { summary: 'Alert: acme/shop Sonar quality gate main', incident: 'check' };
const dependency = {
  summary: 'Alert: acme/shop lodash GHSA-35jh-r3h4-6jhm #2',
  incident: 'dependency',
  severity: 'High',
} as const;

export const githubRecipe: Recipe = {
  id: 'github',
  name: 'GitHub',
  sentence: 'Tickets for failed workflow runs and checks of a branch and for Dependabot alerts.',
  endpoint: {
    name: 'GitHub',
    description: 'Runs of pull requests open nothing. The next run of the branch that succeeds closes its ticket.',
    ticketing: {
      triggerField: '$.workflow_run.conclusion|$.check_run.conclusion|$.alert.state',
      openValues: ['failure', 'timed_out', 'startup_failure', 'open'],
      closeValues: ['success', 'fixed', 'dismissed', 'auto_dismissed'],
      mapping: {
        summary: [
          '$.repository.full_name',
          '$.workflow_run.name|$.check_run.name|$.alert.dependency.package.name|$.alert.rule.id',
          '$.workflow_run.head_branch|$.check_run.check_suite.head_branch|$.alert.security_advisory.ghsa_id',
          '#$.alert.number',
        ].join(' '),
      },
      descriptionTemplate: [
        '{$.workflow_run.display_title|$.check_run.output.title|$.alert.security_advisory.summary|$.alert.rule.description}',
        '{$.check_run.output.summary|$.alert.dependency.manifest_path}',
        '',
        'Repository: {$.repository.html_url}',
        'Result: {$.workflow_run.conclusion|$.check_run.conclusion|$.alert.state}',
        'By: {$.sender.login}',
        'Link: {$.workflow_run.html_url|$.check_run.html_url|$.alert.html_url}',
        'Request ID: {{ request_id }}',
      ].join('\n'),
      routingRules: [
        { path: '$.workflow_run.event', pattern: '^pull_request', overrides: { drop: true } },
        { path: '$.check_run.app.slug', pattern: '^github-actions$', overrides: { drop: true } },
        { path: '$.check_run.pull_requests[0].number', pattern: '.', overrides: { drop: true } },
        ...severityRules('$.alert.security_advisory.severity|$.alert.rule.security_severity_level', {
          high: '^(critical|high)$',
          medium: '^(medium|moderate)$',
          low: '^low$',
        }),
      ],
    },
    verification: [
      { type: 'hmac', algorithm: 'sha256', header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' },
    ],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'A workflow fails on main',
      says: 'open',
      headers: headers('workflow_run', '1'),
      body: workflowRunBody('failure'),
      alerts: [{ kind: 'open', ...build }],
    },
    {
      name: 'It runs out of time at the next push',
      says: 'repeat',
      headers: headers('workflow_run', '2'),
      body: workflowRunBody('timed_out'),
      alerts: [{ kind: 'open', ...build }],
    },
    {
      name: 'It succeeds',
      says: 'recovery',
      headers: headers('workflow_run', '3'),
      body: workflowRunBody('success'),
      alerts: [{ kind: 'close', ...build }],
    },
    {
      name: 'A workflow of a pull request fails: dropped',
      says: 'other',
      headers: headers('workflow_run', '4'),
      body: workflowRunBody('failure', { event: 'pull_request', head_branch: 'rounding' }),
      alerts: [{ kind: 'open', summary: 'Alert: acme/shop CI rounding', incident: 'branch', skipped: 'dropped' }],
    },
    {
      name: 'A check of another app fails',
      says: 'open',
      headers: headers('check_run', '5'),
      body: checkRunBody('failure'),
      alerts: [{ kind: 'open', ...check }],
    },
    {
      name: 'The check passes',
      says: 'recovery',
      headers: headers('check_run', '6'),
      body: checkRunBody('success'),
      alerts: [{ kind: 'close', ...check }],
    },
    {
      name: 'A Dependabot alert',
      says: 'open',
      headers: headers('dependabot_alert', '7'),
      body: dependabotAlertBody('created', 'open'),
      alerts: [{ kind: 'open', ...dependency }],
    },
    {
      name: 'It is fixed',
      says: 'recovery',
      headers: headers('dependabot_alert', '8'),
      body: dependabotAlertBody('fixed', 'fixed'),
      alerts: [{ kind: 'close', ...dependency }],
    },
    {
      name: 'The ping of a new webhook',
      says: 'other',
      headers: headers('ping', '9'),
      body: pingBody(),
      alerts: [{ kind: 'other', summary: 'Alert: acme/shop', incident: 'ping', skipped: 'trigger' }],
    },
  ],
  setup: {
    proof: 'GitHub’s signature over the body (X-Hub-Signature-256), made with the secret.',
    header: null,
    steps: [
      {
        text: 'In the repository or organisation open Settings, Webhooks, Add webhook and paste the Payload URL.',
        paste: '{url}',
      },
      { text: 'Choose the content type application/json: a form is refused.' },
      {
        text: 'Paste the secret that making the endpoint answered, or change the endpoint’s to one of yours.',
        paste: '{secret}',
      },
      {
        text: 'Choose “Let me select individual events”: Workflow runs and Dependabot alerts; Check runs for checks of other apps (those of Actions itself are left out), Code scanning alerts if wished. Leave pushes off.',
      },
      {
        text: 'A delivery sent again from GitHub’s page has the same X-GitHub-Delivery and counts once within 24 hours.',
      },
    ],
  },
};
