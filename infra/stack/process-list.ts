import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What the operating system says of one process. `startedAt` is an opaque mark that changes when a pid is used again. */
export interface ProcessFacts {
  pid: number;
  group: number;
  startedAt: string;
  command: string;
}

const hasProc = process.platform === 'linux';

/** Facts of one process, or `null` when there is none, or only its zombie. */
export function lookUpProcess(pid: number): ProcessFacts | null {
  return hasProc ? fromProc(pid) : (fromPs(['-p', String(pid)])[0] ?? null);
}

/** All processes of one group, the leader included where it still lives. */
export function processesOfGroup(group: number): ProcessFacts[] {
  return allProcesses().filter((facts) => facts.group === group);
}

/** Processes whose working directory is `folder`. Only Linux tells; elsewhere the answer is empty. */
export function processesWorkingIn(folder: string): ProcessFacts[] {
  if (!hasProc) return [];
  return allProcesses().filter(({ pid }) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}

function allProcesses(): ProcessFacts[] {
  if (!hasProc) return fromPs(['-A']);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => fromProc(Number(name)))
    .filter((facts) => facts !== null);
}

function fromProc(pid: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, group: Number(fields[2]), startedAt: fields[19] ?? '', command };
  } catch {
    return null;
  }
}

function fromPs(selection: string[]): ProcessFacts[] {
  try {
    const text = execFileSync('ps', [...selection, '-o', 'pid=,pgid=,stat=,lstart=,command='], { encoding: 'utf8' });
    return text.split('\n').flatMap((line) => {
      const found = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\d+\s+\S+\s+\d+)\s+(.*)$/.exec(line);
      if (!found || found[3]?.startsWith('Z')) return [];
      return [{ pid: Number(found[1]), group: Number(found[2]), startedAt: found[4] ?? '', command: found[5] ?? '' }];
    });
  } catch {
    return [];
  }
}
