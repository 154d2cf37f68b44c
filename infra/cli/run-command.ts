import { RestRefusal } from './rest-client.ts';

/** Runs a command and sets the exit status: its own, 1 for a refusal or a file that cannot be read, 2 for a wrong use. */
export async function runCommand(use: string, main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof WrongUse || code.startsWith('ERR_PARSE_ARGS')) {
      console.error(`${error instanceof Error ? error.message : ''}\nUse: ${use}`);
      process.exitCode = 2;
    } else if (error instanceof RestRefusal || /^E[A-Z]+$/.test(code)) {
      console.error(error instanceof Error ? error.message : code);
      process.exitCode = 1;
    } else throw error;
  }
}

/** The command was called in a way it does not know. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
