/** Runs any TypeScript file of the checkout on the pinned Node, after installing what is missing: `node infra/stack/run.mjs <file> …`. */
import { runOnPinnedNode } from './bootstrap.mjs';

const [script, ...args] = process.argv.slice(2);
if (!script) throw new Error('Which file? Usage: node infra/stack/run.mjs <file.ts> [arguments]');
await runOnPinnedNode(script, args);
