import { resultTable } from './result-table.ts';
import { runStorm, type StormResult } from './run-storm.ts';
import { longScenarios, SHORT } from './scenarios.ts';

/**
 * `npm run chaos [-- words…]`: every scenario whose name holds one of the words, all without words; `short` is the form that
 * runs with the tests. Prints one table; fails unless every count is 0.
 */
const words = process.argv.slice(2);
const all = [SHORT, ...longScenarios()];
const chosen =
  words.length === 0
    ? longScenarios()
    : all.filter((scenario) => words.some((word) => nameOf(scenario).includes(word)));
const results: StormResult[] = [];
let broken = 0;

for (const scenario of chosen) {
  console.log(`\n${nameOf(scenario)}`);
  try {
    const result = await runStorm(scenario, (line) => console.log(`  ${line}`));
    results.push(result);
    console.log(
      `  ${result.isGood ? 'good' : 'BAD'}: ${result.tickets} tickets, settled ${(result.settledMs / 1_000).toFixed(1)} s after the last 202`,
    );
    for (const finding of result.judged.findings.slice(0, 12)) console.log(`  - ${finding}`);
  } catch (error) {
    broken += 1;
    console.log(`  BROKEN: ${error instanceof Error ? error.stack : String(error)}`);
  }
}
console.log(
  `\nIn flight at each strike: requests without an answer + accepted and not planned + planned and not settled.\n\n${resultTable(results)}`,
);
if (broken > 0) console.log(`\n${broken} runs did not come to an end.`);
if (chosen.length === 0) console.log('No scenario has such a name.');
process.exit(broken === 0 && results.length > 0 && results.every(({ isGood }) => isGood) ? 0 : 1);

function nameOf(scenario: { name: string; shape: { seed: number } }): string {
  return `${scenario.name}, seed ${scenario.shape.seed}`;
}
