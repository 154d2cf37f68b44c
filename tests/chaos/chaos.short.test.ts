import { expect, test } from 'vitest';
import { resultTable } from './result-table.ts';
import { runStorm } from './run-storm.ts';
import { SHORT } from './scenarios.ts';

test(
  'loses nothing and doubles nothing while each process and each server is killed in one storm',
  { timeout: 180_000 },
  async () => {
    const said: string[] = [];
    const result = await runStorm(SHORT, (line) => said.push(line));
    console.log(resultTable([result]));
    expect(result.judged.findings, said.join('\n')).toEqual([]);
    expect(result.isGood).toBe(true);
    expect(result.strikes.map(({ name }) => name)).toEqual(SHORT.strikes.map(({ name }) => name));
  },
);
