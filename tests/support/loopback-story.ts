import { eventually } from './eventually.ts';
import { startRunningStack } from './running-stack.ts';

/** Run where no network but loopback is: starts what is shipped, posts one alert and prints the ticket that it became. */
const stack = await startRunningStack();
try {
  const endpoint = await stack.makeEndpoint({ name: 'Alone' });
  const response = await fetch(endpoint.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${endpoint.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ heartbeat: { status: 0 }, monitor: { name: 'Alone' }, msg: 'down' }),
  });
  if (response.status !== 202) throw new Error(`The webhook was answered ${response.status}.`);
  const { request_id: id } = (await response.json()) as { request_id: string };
  const ticket = await eventually(async () => {
    const shown = await stack.rest.get<{ status: string; ticketId: string | null }>(`/history/${id}`);
    return shown.status === 'processed' && shown.ticketId !== null && shown.ticketId;
  }, 30_000);
  await stack.stop();
  console.log(`made ticket ${ticket}`);
} finally {
  await stack.clean();
}
