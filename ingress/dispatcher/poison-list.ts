/** So many planners may end at one webhook before it is failed, besides the one that ended with others beside it. */
const MOST_ENDED = 2;
const MOST_KEPT = 1_000;

/** Which webhooks ended how many planners of this process. */
export interface PoisonList {
  note(webhookId: string, reason: string): void;
  /** Those that ended too many, with the words their failure is told in. */
  failures(): Map<string, string>;
}

/** A list in memory: whoever starts anew finds out again. */
export function createPoisonList(): PoisonList {
  const noted = new Map<string, { times: number; reason: string }>();
  return {
    note(webhookId, reason) {
      const times = (noted.get(webhookId)?.times ?? 0) + 1;
      noted.delete(webhookId);
      noted.set(webhookId, { times, reason });
      const [oldest] = noted.keys();
      if (noted.size > MOST_KEPT && oldest !== undefined) noted.delete(oldest);
    },
    failures() {
      const often = [...noted].filter(([, { times }]) => times >= MOST_ENDED);
      return new Map(often.map(([id, { times, reason }]) => [id, wordsOf(times, reason)]));
    },
  };
}

function wordsOf(times: number, reason: string): string {
  const last = reason === '' ? '' : ` (last: ${reason.slice(0, 300)})`;
  return `Planning this webhook ended its planner ${times} times${last}, so it is not tried again. Its body is kept: make the endpoint's texts or rules smaller and replay it.`;
}
