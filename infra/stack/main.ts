import { startStack } from './stack.ts';
import { environment } from './checkout.ts';
import { createScreen } from './screen.ts';

const screen = createScreen();
const SAME_SIGNAL_MS = 1_000;

const stack = startStack({ environment, screen, watch: process.argv.includes('--dev') });

let askedAt = 0;
const stop = (why: string) => {
  if (askedAt === 0) {
    askedAt = Date.now();
    screen.say(`${why}: stopping in order. Once more stops at once.`);
    void stack.stop();
  } else if (Date.now() - askedAt > SAME_SIGNAL_MS) {
    stack.hurry();
  }
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
process.on('disconnect', () => stop('The process that started this one is gone'));
watchNpm(() => stop('npm is gone'));

process.on('unhandledRejection', (error) =>
  screen.say(`Unexpected: ${error instanceof Error ? error.stack : String(error)}`),
);

stack.ended.then(
  () => process.exit(0),
  (error: unknown) => {
    screen.say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);

/** Started straight by npm: an npm that was killed cannot tell us, but our parent changes. */
function watchNpm(gone: () => void): void {
  if (process.channel || !environment['npm_lifecycle_event']) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    gone();
  }, 1_000);
  watch.unref();
}
