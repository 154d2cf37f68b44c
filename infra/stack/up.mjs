/** `npm start`: installs what is missing and starts everything. */
import { runOnPinnedNode } from './bootstrap.mjs';

await runOnPinnedNode('infra/stack/main.ts', process.argv.slice(2));
