import { connect } from 'node:http2';

const SERVING = 1;

/** Asks a gRPC server on `host:port` for the health of `service`. `false` for anything but SERVING within `timeoutMs`. */
export async function isServing(address: string, service: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(`http://${address}`);
    const timer = setTimeout(() => finish(false), timeoutMs);
    const finish = (answer: boolean) => {
      clearTimeout(timer);
      session.destroy();
      resolve(answer);
    };
    session.on('error', () => finish(false));
    const call = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const chunks: Buffer[] = [];
    call.on('error', () => finish(false));
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.on('end', () => {
      const body = Buffer.concat(chunks);
      finish(body.length >= 7 && body[5] === 0x08 && body[6] === SERVING);
    });
    call.end(frame(service));
  });
}

/** One gRPC message: HealthCheckRequest with field 1 = the service's name. */
function frame(service: string): Buffer {
  const name = Buffer.from(service, 'utf8');
  const message = Buffer.concat([Buffer.from([0x0a, name.length]), name]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
