import { ConfigError, type Config } from './config.ts';

/** The value of a variable that this process cannot do without. Throws `ConfigError` that names it where it is not set. */
export function needed(config: Config, name: 'DATABASE_URL' | 'ENCRYPTION_KEY'): string {
  const value = config[name];
  if (value === null) throw new ConfigError([`${name}: needed by this process. "npm start" sets it by itself.`]);
  return value;
}
