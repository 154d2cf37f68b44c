import { connect, createServer, type Socket } from 'node:net';

/** A loopback port in front of Postgres that can be cut (connections refused and broken) or frozen (nothing passes, nothing breaks). */
export interface PostgresGate {
  url: string;
  cut(): Promise<void>;
  freeze(): void;
  /** Ends a cut or a freeze. */
  open(): Promise<void>;
  end(): Promise<void>;
}

export async function postgresGate(databaseUrl: string): Promise<PostgresGate> {
  const target = new URL(databaseUrl);
  const pairs = new Set<[Socket, Socket]>();
  let isFrozen = false;
  const server = createServer((from) => {
    const to = connect(Number(target.port), target.hostname);
    const pair: [Socket, Socket] = [from, to];
    pairs.add(pair);
    for (const [one, other] of [pair, [to, from]] as const) {
      one.on('data', (chunk: Buffer) => void other.write(chunk));
      one.on('error', () => other.destroy());
      one.on('close', () => {
        pairs.delete(pair);
        other.destroy();
      });
      if (isFrozen) one.pause();
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const url = new URL(databaseUrl);
  url.port = String(port);
  const breakAll = () => pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      breakAll();
    });
  return {
    url: url.href,
    cut: close,
    freeze() {
      isFrozen = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    async open() {
      isFrozen = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
      if (!server.listening) await listen(port);
    },
    end: () => (server.listening ? close() : Promise.resolve(breakAll())),
  };
}
