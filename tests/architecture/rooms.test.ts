import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROOMS = ['workflows', 'activities', 'ingress', 'admin', 'infra', 'tests'];
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...ROOMS], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter(
    (path) => /\.(ts|tsx|mjs|mts|css)$/.test(path) && !path.endsWith('.d.mts') && !path.endsWith('next-env.d.ts'),
  );
const sources = new Map(files.map((path) => [path, readSafely(path)]));

function readSafely(path: string): string {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return '';
  }
}

interface Import {
  from: string;
  to: string;
  isType: boolean;
}

/** Every import of a file, `to` as a path in the checkout or a package's name. */
function importsOf(path: string): Import[] {
  const text = sources.get(path) ?? '';
  const found = [
    ...text.matchAll(
      /(?:^|\n)\s*(import|export)\s+(type\s+)?[^'";]*?from\s+'([^']+)'|(?:import|export)\s*\(?\s*'([^']+)'/g,
    ),
  ];
  return found.map((match) => {
    const name = match[3] ?? match[4] ?? '';
    return {
      from: path,
      to: name.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(path), name)) : name,
      isType: match[2] !== undefined,
    };
  });
}

const imports = files.flatMap(importsOf);
const roomOf = (path: string): string => {
  const [room, second] = path.split('/');
  if (room !== 'workflows') return ROOMS.includes(room ?? '') ? (room ?? '') : 'package';
  return second === 'contracts' || second === 'domain' ? `workflows/${second}` : 'workflows/story';
};
const MAY: Record<string, string[]> = {
  'workflows/contracts': ['workflows/contracts'],
  'workflows/domain': ['workflows/contracts', 'workflows/domain'],
  'workflows/story': ['workflows/contracts', 'workflows/domain', 'workflows/story'],
  infra: ['workflows/contracts', 'workflows/domain', 'infra'],
  activities: ['workflows/contracts', 'workflows/domain', 'infra', 'activities'],
  ingress: ['workflows/contracts', 'workflows/domain', 'infra', 'ingress'],
  admin: ['workflows/contracts', 'workflows/domain', 'infra', 'admin'],
};

describe('the rooms', () => {
  it('are the only things at the top level', () => {
    const allowed = new Set(['package.json', 'package-lock.json', 'tsconfig.json', 'README.md', ...ROOMS]);
    const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
    const top = new Set(tracked.map((path) => path.split('/')[0] ?? ''));
    expect([...top].filter((name) => !allowed.has(name) && !name.startsWith('.'))).toEqual([]);
    for (const room of ROOMS) expect(readdirSync(join(ROOT, room)).length).toBeGreaterThan(0);
  });

  it('import only where an arrow allows it', () => {
    const wrong = imports.filter(({ from, to, isType }) => {
      const [own, other] = [roomOf(from), roomOf(to)];
      if (own === 'tests' || other === 'package') return false;
      if (own === 'workflows/story' && other === 'activities') return !isType;
      return !MAY[own]?.includes(other);
    });
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('keep contracts and domain free of packages and of Node', () => {
    const inside = imports.filter(({ from }) => /^workflows\/(contracts|domain)\//.test(from));
    expect(inside.filter(({ to }) => roomOf(to) === 'package').map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('keep the domain free of clock and chance', () => {
    const wrong = files.filter(
      (path) =>
        path.startsWith('workflows/domain/') &&
        /Date\.now\(|new Date\(\)|Math\.random\(|process\./.test(sources.get(path) ?? ''),
    );
    expect(wrong).toEqual([]);
  });

  it('let stories use the SDK alone', () => {
    const packages = imports
      .filter(({ from, to }) => roomOf(from) === 'workflows/story' && roomOf(to) === 'package')
      .map(({ to }) => to);
    expect([...new Set(packages)].sort()).toEqual(['@temporalio/common', '@temporalio/workflow']);
  });

  it('read the environment in infra/config alone', () => {
    const reads = (path: string) => /\bprocess\.env\b/.test(sources.get(path) ?? '');
    const wrong = files.filter(
      (path) => !path.startsWith('infra/config/') && !path.startsWith('tests/') && reads(path),
    );
    expect(wrong).toEqual([]);
  });

  it('link within the console by its own link, which asks for no page ahead', () => {
    expect(imports.filter(({ to }) => to === 'next/link').map(({ from }) => from)).toEqual([
      'admin/components/link.tsx',
    ]);
  });

  it('have no cycle of imports', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to, isType } of imports)
      if (!isType && sources.has(to)) edges.set(from, [...(edges.get(from) ?? []), to]);
    const cycles: string[] = [];
    const state = new Map<string, 'open' | 'done'>();
    const visit = (path: string, trail: string[]): void => {
      if (state.get(path) === 'done') return;
      if (state.get(path) === 'open') return void cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      state.set(path, 'open');
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
      state.set(path, 'done');
    };
    for (const path of files) visit(path, []);
    expect(cycles).toEqual([]);
  });
});

describe('the files', () => {
  const own = files.filter((path) => !/\/(migrations|histories)\//.test(path));
  const lines = (path: string) => (sources.get(path) ?? '').split('\n').length - 1;

  it('are at most 300 lines, most of them under 90', () => {
    expect(own.filter((path) => lines(path) > 300).map((path) => `${path}: ${lines(path)}`)).toEqual([]);
    const sizes = own.map(lines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(90);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThan(200);
  });

  it('have names that say what they hold', () => {
    const vague = own.filter((path) => /(^|\/)(utils?|helpers?|common|manager|service|misc)\.(ts|tsx|mjs)$/.test(path));
    expect(vague).toEqual([]);
    const loud = own.filter((path) => /[A-Z]/.test(path.split('/').at(-1) ?? ''));
    expect(loud).toEqual([]);
  });

  it('export by name, but where Next demands a default', () => {
    const isNext = (path: string) =>
      /^admin\/app\/.*(page|layout|error|forbidden|not-found|loading|global-error)\.tsx$|next\.config\.mjs$|config\.ts$|global-setup\.ts$|count-reporter\.ts$/.test(
        path,
      );
    expect(own.filter((path) => !isNext(path) && /^export default /m.test(sources.get(path) ?? ''))).toEqual([]);
  });

  it('switch no type off', () => {
    const codeOf = (path: string) => (sources.get(path) ?? '').replaceAll(/\/\*[\s\S]*?\*\//g, '');
    const loose = own.filter(
      (path) =>
        !path.startsWith('tests/architecture/') &&
        /@ts-(ignore|nocheck|expect-error)|: any\b|\bas any\b/.test(codeOf(path)),
    );
    expect(loose).toEqual([]);
  });
});
