import {
  LanguageModelError,
  type LanguageModel,
  type ModelHealth,
  type ModelPrompt,
} from '../../activities/analysis/language-model.ts';

/** A language model in memory: answers what it is told to, or never. */
export interface FakeModel extends LanguageModel {
  prompts: ModelPrompt[];
  /** The next answers, in order; an error is thrown; `never` waits until it is called off. */
  answers: (string | LanguageModelError | 'never')[];
  health: ModelHealth;
  calledOff: number;
}

export const GOOD_ANSWER =
  'Likely causes\nThe disk is full.\nSteps\nLook at the disk.\nTechnical summary\nA full disk.';

export function createFakeModel(): FakeModel {
  const fake: FakeModel = {
    prompts: [],
    answers: [],
    health: { state: 'well', problem: null, remedy: null },
    calledOff: 0,
    describe: () => ({ url: 'http://model.invalid/v1', model: 'phi3', maxTokens: 512 }),
    probe: async () => fake.health,
    async answer(prompt, signal) {
      fake.prompts.push(prompt);
      const next = fake.answers.shift() ?? GOOD_ANSWER;
      if (next instanceof LanguageModelError) throw next;
      if (next !== 'never') return { text: next, tokens: 700 };
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      fake.calledOff += 1;
      throw new LanguageModelError('cancelled', 'Called off.', null);
    },
  };
  return fake;
}
