import { Agent, request } from 'node:http';
import { connect } from 'node:net';

/** Writes text to a fresh connection as it stands and answers all that comes until the other side ends it. */
export function speak(origin: string, text: string | Uint8Array, withinMs: number): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`The connection was still open after ${withinMs} ms. Heard: ${heard.slice(0, 500)}`));
    }, withinMs);
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(heard);
    });
  });
}

/** The JSON behind the headers of a spoken answer, and its status. */
export function spoken(heard: string): { status: number; body: Record<string, unknown> } {
  const [head = '', body = ''] = heard.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), body: JSON.parse(body) as Record<string, unknown> };
}

/** Posts one after the other over a single connection that is kept alive; answers status and time of each. */
export async function postInTurn(
  url: string,
  headers: Record<string, string>,
  bodies: readonly string[],
): Promise<{ status: number; ms: number }[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers = [];
  for (const body of bodies) {
    const began = Date.now();
    const status = await new Promise<number>((resolve, reject) => {
      const call = request(
        url,
        { method: 'POST', agent, headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) } },
        (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      call.on('error', reject).end(body);
    });
    answers.push({ status, ms: Date.now() - began });
  }
  agent.destroy();
  return answers;
}
