import { readFileSync } from 'node:fs';
import { environmentValues } from '../config/environment-values.ts';

/** The passphrase: the first line of the file, else HOOKWISE_PASSPHRASE of the environment, else null. Never an argument, which everyone on the machine sees. */
export function readPassphrase(file: string | undefined): string | null {
  if (file !== undefined) return readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? '';
  return environmentValues(['HOOKWISE_PASSPHRASE'])['HOOKWISE_PASSPHRASE'] ?? null;
}
