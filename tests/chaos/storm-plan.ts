/** How the alerts of an incident go: `lasting` never recovers, `recovering` ends with one close, `flapping` opens and closes in turn. */
export type IncidentStory = 'lasting' | 'recovering' | 'flapping';

/** One webhook to send. `token` occurs in its message and nowhere else. */
export interface StormAlert {
  incident: StormIncident;
  kind: 'open' | 'close';
  token: string;
}

export interface StormIncident {
  /** Occurs in the summary of its tickets and in no other. */
  name: string;
  story: IncidentStory;
  /** Which of the storm's endpoints it is sent to. */
  endpoint: number;
  /** Steps one after the other, each only when the one before is answered; alerts of a step at once. */
  steps: StormAlert[][];
}

export interface StormShape {
  seed: number;
  webhooks: number;
  incidents: number;
  endpoints: number;
  stories: readonly IncidentStory[];
}

const MOST_AT_ONCE = 5;

/** The whole storm, the same for the same shape: `webhooks` alerts spread evenly over the incidents. */
export function planStorm(shape: StormShape): StormIncident[] {
  const random = seededRandom(shape.seed);
  let made = 0;
  return Array.from({ length: shape.incidents }, (_, index) => {
    const share = Math.floor(shape.webhooks / shape.incidents) + (index < shape.webhooks % shape.incidents ? 1 : 0);
    const incident: StormIncident = {
      name: `storm ${shape.seed} host ${String(index).padStart(4, '0')} is down`,
      story: shape.stories[index % shape.stories.length] ?? 'lasting',
      endpoint: Math.floor(index / shape.stories.length) % shape.endpoints,
      steps: [],
    };
    const alert = (kind: 'open' | 'close'): StormAlert => ({
      incident,
      kind,
      token: `t${shape.seed}x${String(made++).padStart(6, '0')}z`,
    });
    incident.steps = stepsOf(incident.story, share, alert, random);
    return incident;
  });
}

function stepsOf(
  story: IncidentStory,
  share: number,
  alert: (kind: 'open' | 'close') => StormAlert,
  random: () => number,
): StormAlert[][] {
  const steps: StormAlert[][] = [];
  const last = story === 'lasting' ? 0 : 1;
  for (let left = share - last; left > 0;) {
    const size = story === 'flapping' ? 1 : Math.min(left, 1 + Math.floor(random() * MOST_AT_ONCE));
    const isClose = story === 'flapping' && steps.at(-1)?.[0]?.kind === 'open' && left > 1 && random() < 0.4;
    steps.push(Array.from({ length: size }, () => alert(isClose ? 'close' : 'open')));
    left -= size;
  }
  if (last === 1) steps.push([alert('close')]);
  return steps;
}

/** How many tickets an incident may have at most: one for each time it failed anew. */
export function mostTickets(incident: StormIncident): number {
  const kinds = incident.steps.map((step) => step[0]?.kind);
  return kinds.filter((kind, at) => kind === 'open' && kinds[at - 1] !== 'open').length;
}

/** Whether the last word of an incident is that it recovered. */
export function endsClosed(incident: StormIncident): boolean {
  return incident.steps.at(-1)?.[0]?.kind === 'close';
}

function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
