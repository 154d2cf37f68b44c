import type { EndpointState as State } from '../../app/(console)/endpoints/every-endpoint.ts';

const WORDS = {
  on: ['good', 'receiving'],
  failing: ['bad', 'failing'],
  quiet: ['calm', 'no webhook today'],
  off: ['calm', 'disabled'],
  draft: ['warn', 'draft'],
} as const satisfies Record<State, readonly [string, string]>;

export function EndpointState({ state }: { state: State }) {
  const [tone, words] = WORDS[state];
  return <span className={`badge ${tone}`}>{words}</span>;
}
