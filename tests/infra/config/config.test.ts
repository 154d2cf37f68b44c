import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chosenConnection, ConfigError, needed, readConfig } from '../../../infra/config/index.ts';
import { envExample } from '../../../infra/config/env-example.ts';

describe('the configuration', () => {
  it('has a default for everything the all-in-one needs', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 8080,
      ADMIN_PORT: 3000,
      PUBLIC_URL: 'http://localhost:8080',
      ADMIN_URL: 'http://localhost:3000',
      TEMPORAL_UI_URL: 'http://localhost:8233',
      CW_TICKET_PREFIX: 'Alert:',
    });
  });

  it('links to the Temporal Web UI where it was said to be, else on the host of the console', () => {
    expect(readConfig({ ADMIN_URL: 'https://hooks.example.com', TEMPORAL_UI_PORT: '9000' }).TEMPORAL_UI_URL).toBe(
      'http://hooks.example.com:9000',
    );
    expect(readConfig({ TEMPORAL_UI_URL: 'https://temporal.example.com/' }).TEMPORAL_UI_URL).toBe(
      'https://temporal.example.com',
    );
  });

  it('takes an empty prefix as no prefix, and other empty variables as not set', () => {
    expect(readConfig({ CW_TICKET_PREFIX: '' }).CW_TICKET_PREFIX).toBe('');
    expect(readConfig({ CW_SERVICE_BOARD: '', PORT: '' })).toMatchObject({
      CW_SERVICE_BOARD: 'Service Board',
      PORT: 8080,
    });
  });

  it('takes VIABILITY_TTL=1 and a ConnectWise on loopback', () => {
    const cw = {
      CW_URL: 'http://127.0.0.1:4010/v4_6_release/apis/3.0',
      CW_COMPANY: 'co',
      CW_PUBLIC_KEY: 'a',
      CW_PRIVATE_KEY: 'b',
      CW_CLIENT_ID: 'c',
    };
    const config = readConfig({ VIABILITY_TTL: '1', ...cw });
    expect(config.VIABILITY_TTL).toBe(1);
    expect(chosenConnection(config)).toBe('connectwise');
    expect(chosenConnection(readConfig({}))).toBe('desk');
  });

  it('names all faults at once, with what to do and without the value of a secret', () => {
    const read = () =>
      readConfig({
        PORT: '99999',
        LOG_RETENTION_DAYS: 'soon',
        DATABASE_URL: 'mysql://root:hunter2@db',
        CW_COMPANY: 'co',
      });
    expect(read).toThrow(ConfigError);
    try {
      read();
    } catch (error) {
      const faults = (error as ConfigError).faults;
      expect(faults.map((fault) => fault.split(':')[0])).toEqual([
        'PORT',
        'DATABASE_URL',
        'LOG_RETENTION_DAYS',
        'CW_URL, CW_PUBLIC_KEY, CW_PRIVATE_KEY, CW_CLIENT_ID',
      ]);
      expect(String(error)).not.toContain('hunter2');
    }
  });

  it('says which process needs what', () => {
    expect(() => needed(readConfig({}), 'ENCRYPTION_KEY')).toThrow(/ENCRYPTION_KEY: needed/);
  });

  it('is what .env.example lists', () => {
    expect(readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')).toBe(envExample());
  });
});
