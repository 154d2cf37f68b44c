import { pino, type DestinationStream, type Logger } from 'pino';
import { maskedFields } from './masked-fields.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  /** Names of fields that are masked besides those always masked; asked for with each line. */
  maskingWords?: () => readonly string[];
  /** Where lines go; standard output if not given. */
  to?: DestinationStream;
}

const NONE: readonly string[] = [];

/** The process's logger: one JSON line an event on standard output; what stands under a secret name is masked. */
export function createLogger(process: string, level: string, options: LoggerOptions = {}): Logger {
  const words = options.maskingWords ?? (() => NONE);
  const settings = {
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: (fields: Record<string, unknown>) => maskedFields(fields, words()) },
  };
  return options.to === undefined ? pino(settings) : pino(settings, options.to);
}
