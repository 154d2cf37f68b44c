import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Writes the counts of a run, and why tests were skipped, to the file that `npm test` reads them from. */
export default class CountReporter implements Reporter {
  private readonly file: string;
  constructor(options: { file: string }) {
    this.file = options.file;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0, reasons: [] as string[] };
    for (const file of modules) {
      const tests = [...file.children.allTests()];
      if (file.state() === 'failed' && !tests.some((test) => test.result().state === 'failed')) counts.failed += 1;
      for (const test of tests) {
        const result = test.result();
        if (result.state === 'passed') counts.passed += 1;
        else if (result.state === 'failed') counts.failed += 1;
        else {
          counts.skipped += 1;
          const note = result.state === 'skipped' ? result.note : undefined;
          counts.reasons.push(`${file.relativeModuleId} > ${test.fullName}: ${note ?? 'no reason was given'}`);
        }
      }
    }
    writeFileSync(this.file, JSON.stringify(counts));
  }
}
