import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { lookUpProcess } from '../../infra/stack/process-list.ts';
import { eventually } from '../support/eventually.ts';
import type { PartName, RunningStack } from '../support/running-stack.ts';

/** Something that happens to the stack in the middle of a storm. */
export interface Strike {
  name: string;
  /** Strikes when this share of the storm is accepted. */
  at: number;
  run(stack: RunningStack): Promise<void>;
}

const BACK_MS = 60_000;

/** kill -9 of a part; resolves when another process has its place. */
export function killing(part: PartName, at: number): Strike {
  return {
    name: `kill -9 ${part}`,
    at,
    async run(stack) {
      const before = stack.kill(part);
      await untilBack(stack, part, before);
    },
  };
}

/** The part is killed again and again for so long, which keeps it away. */
export function keepingAway(part: PartName, at: number, forMs: number): Strike {
  return {
    name: `${part} away for ${forMs / 1_000} s`,
    at,
    async run(stack) {
      const until = Date.now() + forMs;
      let before = 0;
      while (Date.now() < until) {
        try {
          before = stack.kill(part);
        } catch {
          // not there at this moment
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await untilBack(stack, part, before);
    },
  };
}

/** The process is there but does nothing: every call to it hangs. Not for Postgres; planning must go on all the while. */
export function freezing(part: Exclude<PartName, 'postgres' | 'ingress'>, at: number, forMs: number): Strike {
  return {
    name: `${part} frozen for ${forMs / 1_000} s`,
    at,
    async run(stack) {
      const pid = stack.pidOf(part);
      process.kill(pid, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, forMs));
      const { rows } = await stack.pool.query<{ old: number }>(
        `select count(*) as old from webhook where state = 'received' and received_at < clock_timestamp() - interval '10 s'`,
      );
      process.kill(pid, 'SIGCONT');
      if (rows[0]?.old !== 0) throw new Error(`${rows[0]?.old} webhooks were not planned while ${part} was frozen.`);
    },
  };
}

/** Temporal is killed and its database file deleted with all running incidents. */
export function deletingTemporalsDatabase(at: number): Strike {
  return {
    name: "Temporal's database deleted",
    at,
    async run(stack) {
      const before = stack.kill('temporal');
      const folder = join(stack.stack.dataDir, 'temporal');
      const files = readdirSync(folder).filter((name) => name.startsWith('temporal.db'));
      if (files.length === 0) throw new Error('Temporal has no database file to delete.');
      for (const name of files) rmSync(join(folder, name), { force: true });
      await untilBack(stack, 'temporal', before);
    },
  };
}

/** Running incidents are terminated by hand, as with `temporal workflow terminate`. */
export function terminatingIncidents(at: number, most: number): Strike {
  return {
    name: `${most} incidents terminated`,
    at,
    async run(stack) {
      const connection = await Connection.connect({ address: `127.0.0.1:${stack.stack.environment['TEMPORAL_PORT']}` });
      try {
        const client = new Client({ connection });
        const terminated = await eventually(() => terminateSome(client, most), 20_000, 200);
        if (terminated === 0) throw new Error('No running incident could be terminated.');
      } finally {
        await connection.close();
      }
    },
  };
}

async function terminateSome(client: Client, most: number): Promise<number | false> {
  let terminated = 0;
  for await (const { workflowId, runId } of client.workflow.list({
    query: `ExecutionStatus = 'Running' and WorkflowType = 'incidentWorkflow'`,
  })) {
    if (terminated === most) break;
    const isDone = await client.workflow
      .getHandle(workflowId, runId)
      .terminate('chaos')
      .then(
        () => true,
        () => false,
      );
    if (isDone) terminated += 1;
  }
  return terminated > 0 && terminated;
}

async function untilBack(stack: RunningStack, part: PartName, before: number): Promise<void> {
  await eventually(
    () => {
      const pid = stack.pidOf(part);
      return pid !== before && lookUpProcess(pid) !== null;
    },
    BACK_MS,
    100,
  );
}
