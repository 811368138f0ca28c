import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScriptOutcome } from '@holdfast/vrrp';
import { afterAll, describe, expect, test } from 'vitest';
import { cleanEnvironment, invocationOf } from '../../src/scripts/invocation.ts';
import { machineScripts } from '../../src/scripts/machine-scripts.ts';
import { runScript, type ScriptPorts } from '../../src/scripts/run-script.ts';

/** A machine of one script: what was signalled, and time that passes when told. */
function fakeMachine(memberLeft: { alive: boolean }) {
  const timers: { at: number; run: () => void }[] = [];
  const signals: string[] = [];
  let now = 0;
  let finish: (outcome: ScriptOutcome) => void = () => undefined;
  const ended = new Promise<ScriptOutcome>((resolve) => {
    finish = resolve;
  });
  const ports: ScriptPorts = {
    start: () => ({ pid: 77, ended }),
    signalGroup: (group, signal) => {
      if (signal !== 0) signals.push(`${now} ${signal} ${group}`);
      if (signal === 'SIGKILL') memberLeft.alive = false;
      return memberLeft.alive || signal !== 0;
    },
    later: (milliseconds, run) => {
      const timer = { at: now + milliseconds, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  };
  const pass = (until: number): void => {
    for (const timer of timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)) {
      now = timer.at;
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
    // Timers that were set meanwhile.
    if (timers.some(({ at }) => at <= until)) pass(until);
    now = until;
  };
  return { ports, signals, pass, finish: (outcome: ScriptOutcome) => finish(outcome) };
}

const invocation = { file: 'x', args: [] };

describe('a script', () => {
  test('that ends in time with an empty group is never signalled', async () => {
    const machine = fakeMachine({ alive: false });
    const run = runScript(invocation, 1000, machine.ports);
    machine.finish({ kind: 'exited', status: 3 });
    expect(await run.outcome).toEqual({ kind: 'exited', status: 3 });
    machine.pass(10_000);
    expect(machine.signals).toEqual([]);
  });

  test('that hangs gets SIGTERM at the timeout and SIGKILL two seconds later, the whole group', async () => {
    const machine = fakeMachine({ alive: true });
    const run = runScript(invocation, 1000, machine.ports);
    machine.pass(10_000);
    expect(machine.signals).toEqual(['1000 SIGTERM 77', '3000 SIGKILL 77']);
    machine.finish({ kind: 'killed', signal: 'SIGKILL' });
    expect(await run.outcome).toEqual({ kind: 'timed-out' });
  });

  test('that not even SIGKILL ends is given up a second later: whoever waits for it hears of the timeout', async () => {
    const machine = fakeMachine({ alive: true });
    const run = runScript(invocation, 1000, machine.ports);
    machine.pass(3999);
    const early = await Promise.race([run.outcome, Promise.resolve('not yet')]);
    expect(early).toBe('not yet');
    machine.pass(4000);
    expect(await run.outcome).toEqual({ kind: 'timed-out' });
  });

  test('that ends and leaves a child behind keeps its result; the child goes at the timeout', async () => {
    const machine = fakeMachine({ alive: true });
    const run = runScript(invocation, 1000, machine.ports);
    machine.finish({ kind: 'exited', status: 0 });
    expect(await run.outcome).toEqual({ kind: 'exited', status: 0 });
    machine.pass(10_000);
    expect(machine.signals).toEqual(['1000 SIGTERM 77', '3000 SIGKILL 77']);
  });

  test('without timeout is left alone', async () => {
    const machine = fakeMachine({ alive: true });
    const run = runScript(invocation, undefined, machine.ports);
    machine.finish({ kind: 'exited', status: 0 });
    await run.outcome;
    machine.pass(100_000);
    expect(machine.signals).toEqual([]);
  });
});

test.each([
  ['the same user', { user: 'root', uid: 0, gid: 0 }, ['--pdeathsig', 'TERM', '--', '/a', 'b', 'X']],
  [
    'another user',
    { user: 'u', uid: 5, gid: 6 },
    ['--pdeathsig', 'TERM', '--reuid', '5', '--regid', '6', '--init-groups', '--', '/a', 'b', 'X'],
  ],
] as const)('%s runs it through setpriv', (_, identity, args) => {
  const own = { user: 'root', uid: 0, gid: 0 };
  expect(invocationOf(['/a', 'b'], ['X'], identity, own)).toEqual({ file: 'setpriv', args });
});

test('the environment loses what is dangerous or ours', () => {
  const environment = { PATH: '/bin', IFS: 'x', LD_PRELOAD: 'y', NODE_OPTIONS: 'z', HOLDFAST_X: '1', A: 'b' };
  expect(cleanEnvironment(environment)).toEqual({ PATH: '/bin', A: 'b' });
});

const hasSetpriv = ['/usr/bin/setpriv', '/bin/setpriv'].some((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), 'holdfast-scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(hasSetpriv)('a real script', () => {
  const own = { user: 'self', uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const run = async (name: string, text: string, timeout?: number): Promise<ScriptOutcome> => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o755 });
    const environment = { ...process.env, NODE_OPTIONS: '--no-warnings' };
    return runScript(invocationOf([path], [folder], own, own), timeout, machineScripts(environment)).outcome;
  };

  test('has /dev/null for descriptors 0 to 2, its own group, and a clean environment', async () => {
    const text =
      '#!/bin/sh\nls -l /proc/$$/fd | grep -o " [0-9]* ->.*" | grep -v "$0" > $1/fds; env > $1/env; ps -o pgid= -p $$ > $1/group; echo $$ > $1/pid\n';
    expect(await run('look.sh', text)).toEqual({ kind: 'exited', status: 0 });
    const descriptors = readFileSync(join(folder, 'fds'), 'utf8');
    for (const n of [0, 1, 2]) expect(descriptors).toContain(` ${n} -> /dev/null`);
    expect(readFileSync(join(folder, 'env'), 'utf8')).not.toContain('NODE_OPTIONS');
    const [group, pid] = ['group', 'pid'].map((name) => readFileSync(join(folder, name), 'utf8').trim());
    expect(group).toBe(pid);
  });

  test('without #! is run by the shell', async () => {
    expect(await run('plain', 'exit 7\n')).toEqual({ kind: 'exited', status: 7 });
  });

  test('that hangs with a child is killed with it', async () => {
    const text = '#!/bin/sh\nsleep 61 & echo $! > $1/child\nwait\n';
    expect(await run('hang.sh', text, 150)).toEqual({ kind: 'timed-out' });
    const child = readFileSync(join(folder, 'child'), 'utf8').trim();
    const state = (): string =>
      existsSync(`/proc/${child}`) ? execFileSync('ps', ['-o', 'stat=', '-p', child]).toString() : 'Z';
    // The kernel may still be taking it down, and who adopted it may not have looked yet.
    await expect.poll(state, { timeout: 2000 }).toMatch(/^Z/);
  });
});
