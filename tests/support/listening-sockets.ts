import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Addresses on which any of these processes listens, as `address:port`; Linux only. */
export function listeningSockets(pids: readonly number[]): string[] {
  const inodes = new Set(pids.flatMap(socketsOf));
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTEN && inodes.has(inode ?? ''))
      .map(([, local]) => readable(local ?? '')),
  );
}

const LISTEN = '0A';

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

/** Addresses stand there as hexadecimal words, each with its bytes turned round. */
function readable(local: string): string {
  const [hex = '', port = ''] = local.split(':');
  const bytes = (hex.match(/.{8}/g) ?? [])
    .flatMap((word) => (word.match(/../g) ?? []).toReversed())
    .map((byte) => Number.parseInt(byte, 16));
  const address =
    bytes.length === 4
      ? bytes.join('.')
      : bytes
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join('')
          .replace(/^0{31}1$/, '::1')
          .replace(/^0{20}ffff7f000001$/, '127.0.0.1');
  return `${address}:${Number.parseInt(port, 16)}`;
}
