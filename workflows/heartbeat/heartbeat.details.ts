import type { HeartbeatLook } from '../contracts/heartbeat.ts';

/** The heartbeat in Markdown, for the details of the Temporal Web UI. */
export function describeHeartbeat(look: HeartbeatLook): string {
  const lines = [
    `**Heartbeat of ${look.endpointName}**: ${look.phase}`,
    '',
    `- Expected: ${look.expectation}`,
    `- Last webhook: ${look.lastSeenAt ?? 'never'}`,
    ...(look.deadlineAt === null ? [] : [`- Next deadline: ${look.deadlineAt}`]),
    ...(look.wakesAt === null ? [] : [`- Looks again: ${look.wakesAt}`]),
    ...(look.told === 0 ? [] : [`- This silence was told: ${look.told} ${look.told === 1 ? 'time' : 'times'}`]),
    ...(look.reason === null ? [] : [`- ${look.reason}`]),
  ];
  return lines.join('\n');
}
