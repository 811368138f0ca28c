import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { dumpDirectory, writeDump } from '../../src/system/dump-file.ts';
import { claimPidFile } from '../../src/system/pid-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const free = (): boolean => true;

describe('a pid file', () => {
  test('of a dead daemon is taken over, holds the number alone, is readable, and goes at the end', () => {
    const path = join(folder, 'stale.pid');
    writeFileSync(path, '99999999 and more\n', { mode: 0o600 });
    const claimed = claimPidFile(path, free);
    if (!claimed.ok) throw new TypeError(claimed.error.kind);
    claimed.value.write(42);
    expect(readFileSync(path, 'utf8')).toBe('42\n');
    expect(statSync(path).mode & 0o777).toBe(0o644);
    claimed.value.remove();
    expect(existsSync(path)).toBe(false);
  });

  test('that another one holds is left as it is', () => {
    const path = join(folder, 'held.pid');
    writeFileSync(path, '7\n');
    expect(claimPidFile(path, () => false)).toEqual({ ok: false, error: { kind: 'held', path } });
    expect(readFileSync(path, 'utf8')).toBe('7\n');
  });

  test.each([
    ['in a directory that is not there', () => join(folder, 'none/x.pid'), 'does not exist'],
    ['that is a directory', () => folder, 'it is a directory'],
    [
      'that is a symbolic link',
      () => {
        const path = join(folder, 'link.pid');
        symlinkSync(join(folder, 'target'), path);
        return path;
      },
      'symbolic link',
    ],
  ] as const)('%s is refused with a remedy', (_, path, message) => {
    const claimed = claimPidFile(path(), free);
    expect(claimed).toMatchObject({
      ok: false,
      error: { kind: 'unusable', message: expect.stringContaining(message) },
    });
  });
});

describe('a dump', () => {
  test('takes the place of the one before', async () => {
    await writeDump(folder, 'stats', 'a long first text');
    expect(await writeDump(folder, 'stats', 'short')).toEqual({
      ok: true,
      value: join(folder, 'keepalived.stats'),
    });
    expect(readFileSync(join(folder, 'keepalived.stats'), 'utf8')).toBe('short');
  });

  test('does not follow a symbolic link', async () => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, join(folder, 'keepalived.json'));
    expect(await writeDump(folder, 'json', 'x')).toMatchObject({ ok: false });
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  test('does not wait for a pipe that nobody reads', async () => {
    execFileSync('mkfifo', [join(folder, 'keepalived.data')]);
    expect(await writeDump(folder, 'data', 'x')).toMatchObject({
      ok: false,
      error: expect.stringContaining('ENXIO'),
    });
  });

  test.each([
    [{ TMPDIR: folder }, folder],
    [{ TMPDIR: 'relative' }, '/tmp'],
    [{ TMPDIR: `${folder}/none` }, '/tmp'],
    [{}, '/tmp'],
  ] as const)('with %o goes to %s', (environment, directory) => {
    expect(dumpDirectory(environment)).toBe(directory);
  });
});
