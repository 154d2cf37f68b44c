import { fileURLToPath } from 'node:url';
import { VARIABLES, type Variable } from './variables.ts';

/** The text of `.env.example`: every variable with its sentence and its default. Print it with `node infra/config/env-example.ts`. */
export function envExample(): string {
  const head =
    '# Every variable HookWise reads. Copy to .env and set what you need; what is commented out holds as shown.\n';
  const blocks = (Object.entries(VARIABLES) as [string, Variable][]).map(
    ([name, variable]) => `# ${variable.about}\n#${name}=${variable.fallback ?? ''}\n`,
  );
  return [head, ...blocks].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(envExample());
