import type { Json } from '../../workflows/contracts/json.ts';

const repository = {
  id: 186853002,
  name: 'shop',
  full_name: 'acme/shop',
  private: true,
  owner: { login: 'acme', id: 21031067, type: 'Organization' },
  html_url: 'https://github.com/acme/shop',
  default_branch: 'main',
};
const organization = { login: 'acme', id: 21031067 };
const sender = { login: 'octocat', id: 583231, type: 'User' };

/** `workflow_run`, action completed, in its main fields. */
export function workflowRunBody(conclusion: string, changes: { event?: string; head_branch?: string } = {}): Json {
  return {
    action: 'completed',
    workflow_run: {
      id: 7812345678,
      name: 'CI',
      head_branch: 'main',
      head_sha: 'acb5820ced9479c074f688cc328bf03f341a511d',
      path: '.github/workflows/ci.yml',
      display_title: 'Round prices half up',
      run_number: 562,
      run_attempt: 1,
      event: 'push',
      status: 'completed',
      conclusion,
      workflow_id: 159038,
      html_url: 'https://github.com/acme/shop/actions/runs/7812345678',
      pull_requests: [],
      created_at: '2026-03-01T09:10:00Z',
      updated_at: '2026-03-01T09:15:00Z',
      actor: sender,
      head_commit: {
        id: 'acb5820ced9479c074f688cc328bf03f341a511d',
        message: 'Round prices half up',
        timestamp: '2026-03-01T09:09:41Z',
      },
      ...changes,
    },
    workflow: { id: 159038, name: 'CI', path: '.github/workflows/ci.yml', state: 'active' },
    repository,
    organization,
    sender,
  };
}

/** `check_run`, action completed, in its main fields. */
export function checkRunBody(conclusion: string): Json {
  return {
    action: 'completed',
    check_run: {
      id: 4128,
      name: 'Sonar quality gate',
      head_sha: 'acb5820ced9479c074f688cc328bf03f341a511d',
      html_url: 'https://github.com/acme/shop/runs/4128',
      status: 'completed',
      conclusion,
      started_at: '2026-03-01T09:10:00Z',
      completed_at: '2026-03-01T09:15:00Z',
      output: { title: 'Quality gate', summary: 'Coverage on new code: 41 %', annotations_count: 0 },
      check_suite: { id: 5, head_branch: 'main', head_sha: 'acb5820ced9479c074f688cc328bf03f341a511d' },
      app: { id: 12526, slug: 'sonarcloud', name: 'SonarCloud' },
      pull_requests: [],
    },
    repository,
    organization,
    sender,
  };
}

/** `dependabot_alert` in its main fields. */
export function dependabotAlertBody(action: string, state: string): Json {
  return {
    action,
    alert: {
      number: 2,
      state,
      dependency: {
        package: { ecosystem: 'npm', name: 'lodash' },
        manifest_path: 'package-lock.json',
        scope: 'runtime',
      },
      security_advisory: {
        ghsa_id: 'GHSA-35jh-r3h4-6jhm',
        cve_id: 'CVE-2021-23337',
        summary: 'Command injection in lodash',
        severity: 'critical',
        cvss: { vector_string: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', score: 9.1 },
      },
      security_vulnerability: {
        package: { ecosystem: 'npm', name: 'lodash' },
        severity: 'critical',
        vulnerable_version_range: '< 4.17.21',
        first_patched_version: { identifier: '4.17.21' },
      },
      url: 'https://api.github.com/repos/acme/shop/dependabot/alerts/2',
      html_url: 'https://github.com/acme/shop/security/dependabot/2',
      created_at: '2026-03-01T09:15:00Z',
      updated_at: '2026-03-01T09:15:00Z',
      dismissed_at: null,
      dismissed_reason: null,
      fixed_at: state === 'fixed' ? '2026-03-02T08:00:00Z' : null,
    },
    repository,
    organization,
    sender,
  };
}

/** What GitHub posts once when a webhook is made. */
export function pingBody(): Json {
  return {
    zen: 'Keep it logically awesome.',
    hook_id: 512345678,
    hook: {
      type: 'Repository',
      id: 512345678,
      name: 'web',
      active: true,
      events: ['workflow_run', 'dependabot_alert'],
    },
    repository,
    sender,
  };
}
