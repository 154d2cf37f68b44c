import type { Json } from '../../workflows/contracts/json.ts';

const NEVER = '0001-01-01T00:00:00Z';

export interface SampleAlert {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  fingerprint: string;
}

const alertOf = (alert: SampleAlert): { [name: string]: Json } => ({
  status: alert.status,
  labels: alert.labels,
  annotations: alert.annotations,
  startsAt: '2026-03-01T09:15:00.157Z',
  endsAt: alert.status === 'firing' ? NEVER : '2026-03-01T09:31:30.157Z',
  generatorURL: 'https://monitoring.example.com/rule/1afz29v7z',
  fingerprint: alert.fingerprint,
});

const groupOf = (receiver: string, alerts: SampleAlert[]) => ({
  receiver,
  status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
  groupLabels: { alertname: alerts[0]?.labels['alertname'] ?? '' },
  commonLabels: { alertname: alerts[0]?.labels['alertname'] ?? '' },
  commonAnnotations: {},
  truncatedAlerts: 0,
});

/** What Prometheus Alertmanager posts for a group of alerts (webhook_config, version 4). */
export function alertmanagerBody(alerts: SampleAlert[]): Json {
  return {
    version: '4',
    groupKey: '{}:{alertname="InstanceDown"}',
    ...groupOf('hookwise', alerts),
    externalURL: 'https://alertmanager.example.com',
    alerts: alerts.map(alertOf),
  };
}

/** What Grafana's webhook contact point posts for a group of alerts. */
export function grafanaBody(alerts: SampleAlert[]): Json {
  const group = groupOf('HookWise', alerts);
  return {
    ...group,
    orgId: 1,
    version: '1',
    groupKey: '{}:{alertname="High memory usage"}',
    externalURL: 'https://grafana.example.com/',
    alerts: alerts.map((alert) => ({
      ...alertOf(alert),
      silenceURL: 'https://grafana.example.com/alerting/silence/new?alertmanager=grafana',
      dashboardURL: '',
      panelURL: '',
      values: { B: 94.2394, C: 1 },
    })),
    title: `[${group.status.toUpperCase()}:${alerts.length}] ${group.groupLabels.alertname}`,
    state: group.status === 'firing' ? 'alerting' : 'ok',
    message: `**${group.status}**\n\nLabels:\n - alertname = ${group.groupLabels.alertname}\n`,
  };
}
