/** `npm run doctor`: what is missing to start, in words. Changes nothing; runs on any Node, installed or not. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CHECKOUT, pinnedNode } from './bootstrap.mjs';
import { whatIsMissing } from './install.mjs';

const major = Number(process.versions.node.split('.')[0]);
const missing = major < 20 ? null : whatIsMissing(CHECKOUT);
if (major < 20) console.log(`✗ Node: ${process.version} is too old; install Node 20 or newer`);
else if (missing !== null) console.log(`✗ packages: ${missing}; npm start installs them (npm ci)`);
if (major < 20 || missing !== null) process.exit(1);

const node = pinnedNode() ?? (major >= 24 ? process.execPath : null);
if (node === null) {
  console.log(`✗ Node: no pinned Node fits ${process.platform}-${process.arch}; install Node 24 or newer`);
  process.exit(1);
}
process.exit(spawnSync(node, [join(CHECKOUT, 'infra', 'stack', 'doctor-main.ts')], { stdio: 'inherit' }).status ?? 1);
