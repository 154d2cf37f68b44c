import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../corpus/check-plan.ts';
import { bytesOf, NOON } from '../../corpus/corpus-case.ts';
import { CORPUS } from '../../corpus/index.ts';
import { aBody, aPlan, type Given } from './a-plan.ts';
import type { CorpusCase } from '../../corpus/corpus-case.ts';

function givenOf({ ticketing, endpoint, at, world }: CorpusCase): Given {
  return {
    ticketing,
    ...(endpoint === undefined ? {} : { endpoint }),
    input: {
      receivedAt: at ?? NOON,
      tenants: world?.tenants ?? [],
      maintenance: { globalMode: false, globalPolicy: 'skip', windows: [], ...world?.maintenance },
      secretWords: world?.maskingWords ?? [],
    },
  };
}

describe('the corpus', () => {
  it('has at least 300 pairs, each named once', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(300);
    expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length);
  });

  it.each(CORPUS.map((each) => [each.name, each] as const))('%s', (_, each) => {
    checkPlan(aPlan(aBody(bytesOf(each.body).toString()), givenOf(each)), each, 'planned');
  });
});
