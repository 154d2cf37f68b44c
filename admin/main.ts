import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '../infra/config/index.ts';
import { contextOf } from './server/context.ts';
import { createFront } from './server/front/front.ts';

const DRAIN_MS = 5_000;

await start().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});

/** The console's process: our own front, which knows the caller's address, before Next. `--dev` for those who build. */
async function start(): Promise<void> {
  const context = contextOf();
  const { config, logger } = context;
  const { default: next } = (await import('next')) as unknown as typeof import('next/dist/server/next.js');
  const app = next({
    dev: process.argv.includes('--dev'),
    dir: import.meta.dirname,
    hostname: config.HOST,
    port: config.ADMIN_PORT,
    quiet: true,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  const front = createFront(config);
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 10_000 },
    (request, response) => {
      if (front(request, response))
        handle(request, response).catch((error: unknown) => logger.error({ err: error }, 'A page failed unexpectedly'));
    },
  );

  const stop = (): void => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  server.once('error', (error: NodeJS.ErrnoException) => {
    console.error(
      error.code === 'EADDRINUSE' ? `ADMIN_PORT ${config.ADMIN_PORT} is in use by another program.` : error,
    );
    process.exit(1);
  });
  server.listen(config.ADMIN_PORT, config.HOST, () => {
    logger.info({ port: (server.address() as AddressInfo).port, url: config.ADMIN_URL }, 'The console is up');
  });
}
