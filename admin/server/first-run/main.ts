import { readConfig } from '../../../infra/config/index.ts';
import { createContext } from '../context.ts';
import { makeExample } from './make-example.ts';
import { makeFirstAdmin } from './make-first-admin.ts';

/** Run at every start, after the migrate step: the first administrator, and on a fresh database an example endpoint. */
const context = createContext(readConfig());
try {
  const admin = await makeFirstAdmin(context);
  if (admin === 'made') console.log(`The first administrator is ${context.config.HOOKWISE_ADMIN_EMAIL}.`);
  if ((await makeExample(context)) === 'made') console.log('An example endpoint was made.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await context.close();
}
