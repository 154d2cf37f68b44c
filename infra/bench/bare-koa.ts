import Koa from 'koa';
import rawBody from 'raw-body';

/** What an ingress can be at best: Koa that reads the body and answers 202. It verifies, checks and keeps nothing. */
const app = new Koa();
app.use(async (ctx) => {
  await rawBody(ctx.req, { limit: 1_048_576, length: ctx.req.headers['content-length'] ?? null });
  ctx.status = 202;
  ctx.type = 'application/json';
  ctx.body = '{"status":"queued","message":"Webhook received","request_id":"00000000-0000-7000-8000-000000000000"}';
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`listening on ${typeof address === 'object' && address ? address.port : 0}`);
});
process.on('SIGTERM', () => process.exit(0));
