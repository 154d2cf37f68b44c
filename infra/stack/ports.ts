import { createServer } from 'node:net';

/** A TCP port of this machine that nobody listens on right now. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
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
