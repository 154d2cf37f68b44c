import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** The process's logger: one JSON line an event on standard output; secrets in well-known fields are masked. */
export function createLogger(process: string, level: string): Logger {
  return pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['authorization', 'token', 'password', 'key', '*.authorization', '*.token', '*.password'],
      censor: '********',
    },
  });
}
