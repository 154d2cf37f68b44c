import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { API_KEY } from '../../support/running-stack.ts';
import { answerOf, aName } from './answer.ts';
import type { ContractWorld } from './contract-world.ts';

/** What users of HookWise bring along: its addresses on the console's port, and configuration in its spellings. */
export function hookwiseCases(world: () => ContractWorld): void {
  const ask = async (method: string, path: string, key: string | null, body?: unknown) =>
    answerOf(
      await fetch(`${world().stack.adminOrigin}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );

  describe('HookWise’s addresses', () => {
    it.each([
      ['GET', '/api/stats'],
      ['GET', '/api/cw/boards'],
      ['GET', '/health/services'],
      ['POST', '/admin/maintenance'],
      ['POST', '/history/replay/01890000-0000-7000-8000-000000000000'],
    ])('%s %s takes the API key and nothing else', async (method, path) => {
      expect((await ask(method, path, null)).status).toBe(401);
      expect((await ask(method, path, 'wrong')).status).toBe(401);
    });

    it('answers what HookWise answered', async () => {
      const stats = await ask('GET', '/api/stats', API_KEY);
      expect(stats.status).toBe(200);
      for (const name of [
        'created_today',
        'updated_today',
        'closed_today',
        'failed_today',
        'dlq_today',
        'non_action_today',
        'success_rate',
        'avg_processing_time',
      ])
        expect([name, typeof stats.body[name]]).toEqual([name, 'number']);
      const services = await ask('GET', '/health/services', API_KEY);
      expect([services.status, services.body['database']]).toEqual([200, 'up']);
    });

    it('lists the boards of the ticket system, once the worker has read them', { timeout: 60_000 }, async () => {
      const list = await eventually(async () => {
        const boards = await ask('GET', '/api/cw/boards', API_KEY);
        expect(boards.status).toBe(200);
        const found = JSON.parse(boards.text) as { id: string; name: string }[];
        expect(found).not.toEqual([]);
        return found;
      }, 45_000);
      expect(list.every(({ id, name }) => id.length > 0 && name.length > 0)).toBe(true);
      const same = await ask('GET', '/api/v1/psa/boards', API_KEY);
      expect(same.body['items']).toEqual(list);
      expect(Date.parse(String(same.body['refreshedAt']))).toBeGreaterThan(0);
    });

    it('reads the pick lists anew when asked to', { timeout: 120_000 }, async () => {
      const before = await eventually(async () => {
        const { body } = await ask('GET', '/api/v1/psa/refresh', API_KEY);
        expect(body['state']).toBe('complete');
        return body['startedAt'];
      }, 45_000);
      const asked = await ask('POST', '/api/v1/psa/refresh', API_KEY);
      expect([asked.status, typeof asked.body['workflowId']]).toEqual([202, 'string']);
      await eventually(async () => {
        const { body } = await ask('GET', '/api/v1/psa/refresh', API_KEY);
        expect([body['state'], body['startedAt'] !== before]).toEqual(['complete', true]);
      }, 45_000);
    });

    it('replays', async () => {
      const endpoint = await world().endpoint();
      const id = await endpoint.alert(aName('replayed the old way'), 0);
      await world().settled(id);
      const answer = await ask('POST', `/history/replay/${id}`, API_KEY);
      expect(answer.status).toBe(202);
      expect((await world().settled(String(answer.body['request_id']))).replayOf).toBe(id);
    });
  });

  describe('HookWise’s spellings', () => {
    it.each([
      [
        'Uptime Kuma',
        {
          trigger_field: '$.heartbeat.status',
          open_value: '0',
          close_value: '1',
          json_mapping: {
            summary: '$.monitor.name',
            description: '$.heartbeat.msg',
            customer_id: '$.monitor.tags.CW_ID',
          },
        },
      ],
      [
        'a generic status',
        {
          trigger_field: '$.status_text',
          open_value: 'CRITICAL, WARNING',
          close_value: 'OK, RESOLVED',
          ticket_prefix: 'Infrastructure Alert:',
        },
      ],
      [
        'Zabbix',
        {
          trigger_field: '$.event.status',
          open_value: 'PROBLEM',
          close_value: 'OK, RESOLVED',
          json_mapping: {
            summary: '$.event.name',
            severity: '$.event.severity',
            description: 'Trigger: {$.trigger.description}\nHost: {$.host.name}',
          },
        },
      ],
      [
        'Grafana',
        {
          trigger_field: '$.status',
          open_value: 'firing',
          close_value: 'resolved',
          json_mapping: {
            summary: '$.alerts[0].annotations.summary',
            description: '$.alerts[0].annotations.description',
          },
        },
      ],
      [
        'CIPP',
        {
          json_mapping: '{"summary": "$.TaskInfo.Tenant $.TaskInfo.Name", "customer_id": "$.TaskInfo.Tenant"}',
          description_template: 'Alert: {$.TaskInfo.Name}\nId: {{ request_id }}',
        },
      ],
      [
        'routing rules',
        {
          routing_rules: [
            { path: '$.monitor.hostname', regex: '.*-DB-.*', overrides: { board: 'Database Team', priority: 'High' } },
            { path: '$.host', regex: 'PRD-CL1-.*', overrides: { customer_id: 'CLIENT_A', ticket_type: 'Incident' } },
          ],
        },
      ],
      [
        'every column',
        {
          is_enabled: true,
          is_draft: false,
          is_pinned: true,
          display_order: 3,
          customer_id_default: 'ACME',
          board: 'NOC',
          status: 'New',
          close_status: 'Closed',
          ticket_type: 'Incident',
          subtype: 'Server',
          item: 'Disk',
          priority: 'P1',
          summary_remove_strings: '[prod],(test)',
          global_routing_enabled: true,
          ai_rca_enabled: false,
          ai_prompt_template: 'Short.',
          timeout_alerts_enabled: false,
          timeout_hours: 2,
          maintenance_windows: '[{"type":"daily","start":"22:00","end":"04:00"}]',
          routing_rules: '[{"path":"$.a","regex":"b","overrides":{"drop":true}}]',
        },
      ],
    ])('%s is taken at the top level', async (_, given) => {
      const made = await world().api('POST', '/endpoints', { name: aName('spelled'), ...given });
      expect(made.status, made.text).toBe(201);
    });

    it('its JSON blocks are taken inside ticketing too, and do what they say', async () => {
      const endpoint = await world().endpoint({
        mapping: { summary: '$.event.name', customer_id: '$.tags.client_id' },
        routingRules: [
          { path: '$.host', regex: 'prd-cl1-.*', overrides: { customer_id: 'CLIENT_A', board: 'Database Team' } },
        ],
        openValues: 'PROBLEM',
        closeValues: 'OK, RESOLVED',
        triggerField: '$.event.status',
      });
      const shown = await world().settled(
        await endpoint.send({ event: { name: aName('db'), status: 'UNKNOWN' }, host: 'PRD-CL1-7' }),
      );
      const plan = shown.alerts[0]?.plan;
      expect([plan?.ticket.companyId, plan?.ticket.board, plan?.matchedRules.length]).toEqual([
        'CLIENT_A',
        'Database Team',
        1,
      ]);
    });

    it('one thing in two spellings is refused with its place', async () => {
      const refused = await world().api('POST', '/endpoints', {
        name: aName('twice'),
        board: 'A',
        ticketing: { board: 'B' },
      });
      expect([refused.status, refused.text.includes('ticketing.board')]).toEqual([422, true]);
    });
  });
}
