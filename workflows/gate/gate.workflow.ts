import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { GateActivities } from '../../activities/gates/gate.activities.ts';
import { GATE_BELL_SIGNAL, GATE_PROBE_SIGNAL, type GateEnd, type GateInput } from '../contracts/gate.ts';
import { GATE } from '../policies.ts';

const { probeConnection, settleRecovered, openGate, releaseWaiting } = proxyActivities<GateActivities>(GATE);

const FIRST_PAUSE_MS = 5_000;
const LAST_PAUSE_MS = 300_000;
const RELEASE_EVERY_MS = 1_000;

/** Probes a connection that failed until it answers well, then frees what waits behind it at the connection's rate. */
export async function gateWorkflow(input: GateInput): Promise<GateEnd> {
  let bell = false;
  let isAsked = false;
  const firstPauseMs = input.firstPauseMs ?? FIRST_PAUSE_MS;
  let pauseMs = input.pauseMs ?? firstPauseMs;
  let released = 0;
  setHandler(defineSignal(GATE_BELL_SIGNAL), () => void (bell = true));
  setHandler(defineSignal(GATE_PROBE_SIGNAL), () => void (isAsked = true));

  for (;;) {
    bell = false;
    isAsked = false;
    const probe = await probeConnection({ connection: input.connection, now: new Date().toISOString() });
    if (!probe.isOpen) {
      setCurrentDetails(`**${input.connection}** does not answer well: ${probe.reason ?? ''}`);
      if (workflowInfo().continueAsNewSuggested && !isAsked)
        await continueAsNew<typeof gateWorkflow>({ ...input, pauseMs });
      await condition(() => isAsked, pauseMs);
      pauseMs = Math.min(input.lastPauseMs ?? LAST_PAUSE_MS, pauseMs * 2);
      continue;
    }
    pauseMs = firstPauseMs;
    const gone = await settleRecovered({ connection: input.connection, now: new Date().toISOString() });
    const waiting = { connection: input.connection, openedAt: new Date().toISOString() };
    await openGate({ connection: input.connection });
    setCurrentDetails(
      `**${input.connection}** answers well. What waited is being freed; ${gone.settled} came and went.`,
    );
    let slice = await releaseWaiting(waiting);
    while (slice.freed > 0 && !bell) {
      released += slice.freed;
      await sleep(RELEASE_EVERY_MS);
      slice = await releaseWaiting(waiting);
    }
    if (!bell) return { released };
  }
}
