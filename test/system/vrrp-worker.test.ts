import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FromVrrp, ToVrrp } from '@holdfast/vrrp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { configure } from '../../packages/vrrp/test/support/fake-world.ts';
import { instance } from '../../packages/vrrp/test/support/instance.ts';
import { attempt, command } from '../lab-support/command.ts';
import { rootFolder } from '../lab-support/root-folder.ts';
import { eventually, until } from '../lab-support/until.ts';
import { describeWith } from '../support/requirements.ts';

const namespace = `hf-worker-${process.pid}`;
const bundle = join(rootFolder, 'dist/holdfast-vrrp.mjs');
const owner = configure([instance({ priority: 255 })]);

/** A forked worker, and what it has said. */
interface Forked {
  readonly child: ChildProcess;
  readonly said: FromVrrp[];
  tell(message: ToVrrp | object): void;
}

const running: ChildProcess[] = [];
const launch = (): Forked => {
  const execArgv = ['netns', 'exec', namespace, process.execPath];
  const child = fork(bundle, [], {
    execPath: 'ip',
    execArgv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  running.push(child);
  const said: FromVrrp[] = [];
  child.on('message', (message: FromVrrp) => said.push(message));
  return { child, said, tell: (message) => void child.send(message, () => undefined) };
};
const holdsAddress = (): boolean =>
  command('ip', ['-n', namespace, '-o', 'addr', 'show', 'dev', 'eth0']).includes('10.0.0.9/24');
/** A worker that is master and holds 10.0.0.9. */
const master = async (): Promise<Forked> => {
  const forked = launch();
  await until('ready', 10_000, () => forked.said.some(({ kind }) => kind === 'ready'));
  forked.tell(owner);
  await until('the address', 5000, holdsAddress);
  return forked;
};
const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

describeWith({ root: true, tools: ['ip'] }, 'the vrrp worker as a process', () => {
  beforeAll(() => {
    const ip = (...args: readonly string[]): string => command('ip', ['-n', namespace, ...args]);
    command('ip', ['netns', 'add', namespace]);
    ip('link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'far0');
    for (const name of ['lo', 'eth0', 'far0']) ip('link', 'set', name, 'up');
    ip('addr', 'add', '10.0.0.2/24', 'dev', 'eth0');
  });
  afterEach(() => {
    for (const child of running.splice(0)) if (!ended(child)) child.kill('SIGKILL');
    attempt('ip', ['-n', namespace, 'addr', 'del', '10.0.0.9/24', 'dev', 'eth0']);
  });
  afterAll(() => {
    attempt('ip', ['netns', 'del', namespace]);
  });

  test('it is called keepalived, and operators’ signals neither end it nor open a debugger', async () => {
    const { child, said, tell } = await master();
    expect(readFileSync(`/proc/${child.pid}/comm`, 'utf8')).toBe('keepalived\n');
    for (const signal of [1, 10, 12, 36, 63]) command('kill', [`-${signal}`, String(child.pid)]);
    tell({ kind: 'ping', sequence: 7 });
    await until('pong', 2000, () => said.find(({ kind }) => kind === 'pong'));
    expect(holdsAddress()).toBe(true);
    expect(command('ip', ['netns', 'exec', namespace, 'cat', '/proc/net/tcp'])).not.toContain(
      '0100007F:240D',
    );
  });

  test('SIGTERM: it gives everything back, says stopped and exits with 0', async () => {
    const { child, said } = await master();
    child.kill('SIGTERM');
    await until('its end', 2000, () => ended(child));
    expect([child.exitCode, said.at(-1)?.kind, holdsAddress()]).toEqual([0, 'stopped', false]);
  });

  test('a mistake of its own ends it with 70, so that core starts another one', async () => {
    const { child, tell } = await master();
    tell({ kind: 'configure', reason: 'reload' });
    await until('its end', 2000, () => ended(child));
    expect(child.exitCode).toBe(70);
    expect(holdsAddress()).toBe(true);
  });

  test('the channel is closed: core is dead, and it withdraws at once', async () => {
    const { child } = await master();
    child.disconnect();
    const gone = await eventually(1000, () => !holdsAddress());
    expect(gone).toBe(true);
    await until('its end', 1000, () => ended(child));
  });
});
