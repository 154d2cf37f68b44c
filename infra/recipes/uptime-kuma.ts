import type { Recipe } from './recipe.ts';
import { BEARER_HEADER } from './recipe.ts';

/** The JSON that Uptime Kuma's webhook notification posts when a monitor goes down (0) or comes back (1). */
export function uptimeKumaBody(sample: {
  monitor: string;
  status: 0 | 1;
  at: Date;
  message: string;
  hostname?: string;
  tags?: Record<string, string>;
}) {
  const time = sample.at.toISOString();
  return {
    heartbeat: {
      monitorID: 1,
      status: sample.status,
      time: time.replace('T', ' ').replace('Z', ''),
      msg: sample.message,
      ping: sample.status === 1 ? 21 : null,
      important: true,
      retries: 0,
      duration: 60,
      timezone: 'UTC',
      timezoneOffset: '+00:00',
      localDateTime: time.slice(0, 19).replace('T', ' '),
    },
    monitor: {
      id: 1,
      name: sample.monitor,
      description: null,
      pathName: sample.monitor,
      parent: null,
      childrenIDs: [],
      url: 'https://app.example.com',
      method: 'GET',
      hostname: sample.hostname ?? null,
      port: null,
      maxretries: 0,
      weight: 2000,
      active: true,
      type: 'http',
      timeout: 48,
      interval: 60,
      retryInterval: 60,
      keyword: null,
      invertKeyword: false,
      expiryNotification: false,
      ignoreTls: false,
      accepted_statuscodes: ['200-299'],
      notificationIDList: { '1': true },
      tags: Object.entries(sample.tags ?? {}).map(([name, value], at) => ({
        id: at + 1,
        monitor_id: 1,
        tag_id: at + 1,
        value,
        name,
        color: '#4B5563',
      })),
      maintenance: false,
    },
    msg: `[${sample.monitor}] [${sample.status === 1 ? '✅ Up' : '🔴 Down'}] ${sample.message}`,
  };
}

const down = { monitor: 'Web shop', status: 0, at: new Date('2026-03-01T09:15:00.123Z') } as const;
const tags = { CW_ID: 'ACME', site: 'Vienna' };

export const uptimeKumaRecipe: Recipe = {
  id: 'uptime-kuma',
  name: 'Uptime Kuma',
  sentence: 'A ticket while a monitor is down; a tag CW_ID on the monitor names the customer.',
  endpoint: {
    name: 'Uptime Kuma',
    description: 'One incident for each monitor. Pending (2) and maintenance (3) are history only.',
    ticketing: {
      triggerField: '$.heartbeat.status',
      openValues: ['0'],
      closeValues: ['1'],
      mapping: { summary: '$.monitor.name', customer_id: "$.monitor.tags[?(@.name=='CW_ID')].value" },
    },
    verification: [{ type: 'bearer' }],
  },
  endsBy: 'recovery',
  samples: [
    {
      name: 'The monitor goes down',
      says: 'open',
      body: uptimeKumaBody({ ...down, message: 'connect ECONNREFUSED 203.0.113.7:443', tags }),
      alerts: [{ kind: 'open', summary: 'Alert: Web shop', incident: 'shop', companyId: 'ACME' }],
    },
    {
      name: 'It is still down (resend interval)',
      says: 'repeat',
      body: uptimeKumaBody({ ...down, message: 'timeout of 48000ms exceeded', tags }),
      alerts: [{ kind: 'open', summary: 'Alert: Web shop', incident: 'shop', companyId: 'ACME' }],
    },
    {
      name: 'It is up again',
      says: 'recovery',
      body: uptimeKumaBody({ ...down, status: 1, message: '200 - OK', tags }),
      alerts: [{ kind: 'close', summary: 'Alert: Web shop', incident: 'shop', companyId: 'ACME' }],
    },
    {
      name: 'A monitor without tags goes down',
      says: 'open',
      body: uptimeKumaBody({ ...down, monitor: 'Mail gateway', message: 'Request failed with status code 502' }),
      alerts: [{ kind: 'open', summary: 'Alert: Mail gateway', incident: 'mail' }],
    },
    {
      name: 'The button “Test”',
      says: 'other',
      body: { heartbeat: null, monitor: null, msg: 'My notification Testing' },
      alerts: [{ kind: 'other', summary: 'Alert: Unknown Source', incident: 'none', skipped: 'trigger' }],
    },
  ],
  setup: {
    proof: 'A bearer token in a header that Uptime Kuma adds.',
    header: BEARER_HEADER,
    steps: [
      { text: 'In Uptime Kuma open Settings, Notifications, Setup Notification and choose the type Webhook.' },
      {
        text: 'Paste the address as Post URL and leave the request body at “Preset - application/json”.',
        paste: '{url}',
      },
      {
        text: 'Switch on Additional Headers and paste them.',
        paste: '{ "Authorization": "Bearer {token}" }',
        language: 'json',
      },
      { text: 'Switch on “Default enabled” and “Apply on all existing monitors”, then save.' },
      {
        text: 'Give a monitor the tag CW_ID with the company’s identifier as its value where tickets go to customers.',
      },
      { text: 'Press Test: the test notification has no heartbeat, so it is shown in history as skipped.' },
    ],
  },
};
