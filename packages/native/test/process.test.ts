import { openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { address, fromHex } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { decodeControl, decodeSockAddr, hopLimitOf, loadAddon, packetInfoOf } from '../src/index.ts';
import { runFixture, startFixture } from './child.ts';

const isRoot = process.getuid?.() === 0;

/** A process that nobody has waited for yet has ended too. */
function stateOf(pid: number): string {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')) ? 'ended' : 'running';
  } catch {
    return 'ended';
  }
}

describe('signals', () => {
  test('all that keepalived answers arrive, none kills and none opens a debugger', async () => {
    const watched = [1, 2, 10, 12, 15, 36, 63];
    const ownName = readFileSync('/proc/self/comm', 'utf8').trim();
    const child = startFixture('signals.mjs', { arguments: watched.map(String) });
    expect(await child.line()).toBe('ready');
    for (const signal of [1, 2, 10, 12, 36, 63, 15]) {
      process.kill(child.process.pid ?? 0, signal);
      expect(await child.line()).toBe(`${signal} ${process.pid} ${ownName}`);
    }
    expect(await child.ended).toMatchObject({ code: 0, signal: null, errors: '' });
  });

  test('an alarm armed by the handler ends a process whose loop is stuck', async () => {
    const child = startFixture('stuck.mjs');
    await child.line();
    child.process.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code: null, signal: 'SIGALRM' });
  });

  test('a stuck child does not outlive its killed parent', async () => {
    const parent = startFixture('parent.mjs');
    const orphan = Number(await parent.line());
    expect(orphan).toBeGreaterThan(0);
    parent.process.kill('SIGKILL');
    // The output closes while the last process that holds it ends, which is the orphan.
    await parent.ended;
    await expect.poll(() => stateOf(orphan)).toBe('ended');
  });
});

describe('an environment', () => {
  test('keeps a receiving socket and an armed timer alive without a reference to them', async () => {
    const { lines } = await runFixture('unreferenced.mjs', { flags: ['--expose-gc'] });
    expect(JSON.parse(lines[0] ?? '')).toEqual({ received: 40, fired: true });
  });

  test("hands what a handler throws to 'uncaughtException', after which the socket goes on", async () => {
    const { lines, errors } = await runFixture('throws.mjs');
    expect([lines, errors]).toEqual([[JSON.stringify(['from the handler', 'tick', '02'])], '']);
  });

  test('that ends closes its descriptors, whether it was terminated or has exited', async () => {
    const { lines, errors } = await runFixture('threads.mjs');
    expect([lines, errors]).toEqual([['{"leaked":0}'], '']);
  });
});

test('a file is locked against other processes, until it is closed', async () => {
  const file = `${tmpdir()}/holdfast-lock-${process.pid}`;
  writeFileSync(file, '');
  const arguments_ = [file];
  const { lockFile } = loadAddon();
  expect((await runFixture('lock.mjs', { arguments: arguments_ })).lines).toEqual(['true']);
  expect(lockFile(openSync(file, 'r+'))).toBe(true);
  expect(lockFile(openSync(file, 'r+'))).toBe(false);
  expect((await runFixture('lock.mjs', { arguments: arguments_ })).lines).toEqual(['false']);
  rmSync(file);
});

test.skipIf(!isRoot)('a raw packet arrives with its IP header, interface and TTL (needs root)', async () => {
  const { lines, errors } = await runFixture('raw.mjs', { before: ['unshare', '-n'] });
  expect(errors).toBe('');
  expect(lines[0]).toBe('2');
  const [message] = JSON.parse(lines[1] ?? '[]');
  const packet = fromHex(message.data);
  expect([packet[0], packet[8], packet[9]]).toEqual([0x45, 255, 112]);
  expect(packet.subarray(20)).toEqual(Uint8Array.of(0x21, 51, 100, 1));
  expect(decodeSockAddr(fromHex(message.from))).toMatchObject({ address: '127.0.0.1' });
  const control = decodeControl(fromHex(message.control));
  expect(packetInfoOf(control)).toEqual({ index: 1, address: address('127.0.0.1') });
  expect(hopLimitOf(control)).toBe(255);
});
