import { createServer } from 'node:net';

const LOWEST = 10_000;
const HIGHEST = 32_000;
const APART = 97;

let next = LOWEST + ((process.pid * APART) % (HIGHEST - LOWEST));

/**
 * A TCP port of this machine that nobody listens on right now, never the same one twice in a process. It lies below
 * the ports that Linux and macOS give to outgoing connections (from 32,768), so that none of those takes it before its
 * server starts; processes begin far apart, so that two of them do not choose the same one at once.
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tried = 0; tried < HIGHEST - LOWEST; tried += 1) {
    const port = next;
    next = port + 1 < HIGHEST ? port + 1 : LOWEST;
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`No port from ${LOWEST} to ${HIGHEST} is free on ${host}.`);
}

/** Whether `port` can be listened on at `host` now. Throws for faults other than "in use", such as a forbidden port. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** The variables of `ports` whose port is taken, each as a plain sentence. */
export async function takenPorts(
  ports: readonly { name: string; port: number; host: string; what: string }[],
): Promise<string[]> {
  const faults = ports.flatMap((a, at) => {
    const same = ports.slice(0, at).find((b) => b.port === a.port);
    return same ? [`${a.name} and ${same.name} are both ${a.port}: give each a port of its own.`] : [];
  });
  for (const { name, port, host, what } of ports) {
    try {
      if (!(await isPortFree(port, host)))
        faults.push(`Port ${port} (${what}) is in use by another program: stop it, or set ${name} to another port.`);
    } catch (error) {
      faults.push(`Port ${port} (${what}) cannot be used: ${(error as Error).message}. Set ${name} to another port.`);
    }
  }
  return faults;
}
