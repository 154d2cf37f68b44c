import { createServer, type Server } from 'node:http';

export interface WorkerServerOptions {
  port: number;
  host: string;
  /** Address of the SDK's own metrics, on loopback. */
  sdkMetricsUrl: string;
  /** Our own metrics as Prometheus text. */
  metrics(): Promise<string>;
  /** Whether the workers poll. */
  isReady(): boolean;
}

/** The worker's own port: `/health/live`, `/health/ready` and `/metrics` (the SDK's series and ours). */
export function startWorkerServer(options: WorkerServerOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const answer = (status: number, body: string, type = 'application/json') =>
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
    if (path === '/health/live') return void answer(200, '{"status":"ok"}');
    if (path === '/health/ready')
      return void answer(
        options.isReady() ? 200 : 503,
        JSON.stringify({ status: options.isReady() ? 'ok' : 'not polling' }),
      );
    if (path !== '/metrics') return void answer(404, '{"status":"error","message":"Not found"}');
    allMetrics(options).then(
      (text) => answer(200, text, 'text/plain; version=0.0.4; charset=utf-8'),
      (error: Error) => answer(503, `# ${error.message.replaceAll('\n', ' ')}\n`, 'text/plain'),
    );
  });
  server.headersTimeout = 5_000;
  server.requestTimeout = 10_000;
  return new Promise((resolve, reject) =>
    server.once('error', reject).listen(options.port, options.host, () => resolve(server)),
  );
}

async function allMetrics(options: WorkerServerOptions): Promise<string> {
  const [sdk, own] = await Promise.all([
    fetch(options.sdkMetricsUrl, { signal: AbortSignal.timeout(3_000) }).then((answer) => answer.text()),
    options.metrics(),
  ]);
  return `${sdk.trimEnd()}\n${own}`;
}
