import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Command {
  file: string;
  use: string;
  about: string;
}

const COMMANDS: Record<string, Command> = {
  doctor: { file: '../stack/doctor.mjs', use: 'doctor', about: 'says what is missing on this machine' },
  send: {
    file: './send.ts',
    use: 'send <webhook url> [--token T] [--secret S] [--count N] [file | -]',
    about: 'posts a JSON body (default: an Uptime Kuma alert)',
  },
  export: {
    file: './export.ts',
    use: 'export [--file F] [--secrets keep|reference|encrypted]',
    about: 'writes the whole configuration as one YAML file',
  },
  apply: {
    file: './apply.ts',
    use: 'apply <file> [--dry-run] [--prune]',
    about: 'brings the configuration to what such a file says, or shows what would change',
  },
  import: {
    file: './import.ts',
    use: 'import <backup.json> [--fernet-key K] [--apply]',
    about: 'carries a backup of HookWise over; without --apply only shows what would come',
  },
  replay: {
    file: '../../activities/replay-main.ts',
    use: 'replay <workflow id | history file>',
    about: 'runs a history against the present workflow code',
  },
  migrate: {
    file: '../database/migrate-main.ts',
    use: 'migrate [create <name>]',
    about: 'brings the database up to date, or begins a new migration',
  },
};

/** `npm run hookwise -- <command>`: each command is a program of its own; this one only finds it. */
function main([name, ...rest]: readonly string[]): number {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (!command) {
    const lines = Object.values(COMMANDS).map(({ use, about }) => `  npm run hookwise -- ${use}\n      ${about}`);
    console.error(`${name === undefined ? 'Which command?' : `There is no command "${name}".`}\n\n${lines.join('\n')}`);
    return 2;
  }
  const ended = spawnSync(process.execPath, [fileURLToPath(new URL(command.file, import.meta.url)), ...rest], {
    stdio: 'inherit',
  });
  return ended.status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
