/**
 * Completes package-lock.json with the packages for other systems that the registry in use does not carry: npm leaves
 * them out, and `npm ci` then refuses its own lock file. Run it after every `npm install`: `npm run lock`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  linuxmusl: 'linux',
  openbsd: 'openbsd',
  win32: 'win32',
  windows: 'win32',
  win: 'win32',
  openharmony: 'openharmony',
  aix: 'aix',
  netbsd: 'netbsd',
  sunos: 'sunos',
};
const PROCESSORS = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  ppc64: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  mips64el: 'mips64el',
};

const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name)) continue;
    const place = platformOf(name);
    const version = /\d+\.\d+\.\d+\S*/.exec(range)?.[0];
    if (!place || !version) {
      console.error(`${name}@${range}, wanted by ${path || 'package.json'}, names no system or version: left out.`);
      continue;
    }
    lock.packages[`node_modules/${name}`] = { version, ...place, ...(entry.dev ? { dev: true } : {}), optional: true };
    added.push(name);
  }
}
if (added.length > 0) {
  const { '': root, ...rest } = lock.packages;
  lock.packages = {
    '': root,
    ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, 'en'))),
  };
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(`${added.length} packages for other systems added to ${file}.`);

function isLocked(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

function platformOf(name) {
  const words = name.split('/').at(-1).replaceAll('_', '-').split('-');
  const os = words.map((word) => SYSTEMS[word]).find(Boolean);
  const cpu = words.map((word) => PROCESSORS[word] ?? (word === 'armv7' ? 'arm' : undefined)).find(Boolean);
  const libc =
    words.some((word) => word.startsWith('musl')) || words.includes('linuxmusl')
      ? 'musl'
      : words.some((word) => word.startsWith('gnu'))
        ? 'glibc'
        : null;
  if (!os) return name.includes('wasm32') ? { cpu: ['wasm32'] } : null;
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(libc && os === 'linux' ? { libc: [libc] } : {}), os: [os] };
}
