import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { signalNumbers } from '../../packages/core/src/options/signal-number.ts';
import { type Daemon, daemonProgram } from '../lab-support/daemon.ts';
import { startEchoProbe } from '../lab-support/echo-probe.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { pause, until } from '../lab-support/until.ts';
import { type Pair, routerConfig, vip, withPair } from '../support/pair.ts';
import { describeWith } from '../support/requirements.ts';

type Settings = Partial<Parameters<typeof routerConfig>[0]>;

/** The one of priority 150 is master, the other one listens. */
async function electedPair(pair: Pair, more: Settings = {}): Promise<void> {
  await pair.boot('router1', routerConfig({ priority: 150, ...more }));
  await pair.untilOwner('router1', 40_000);
  await pair.boot('router2', routerConfig({ priority: 100, ...more }));
  await until('the master advertises', 20_000, () => pair.adverts.from('router1').length >= 2);
}

/** Stops the master for a restart and waits until its processes have ended. */
async function stopForRestart(pair: Pair): Promise<void> {
  const daemon = pair.daemon('router1');
  daemon.signal(signalNumbers.RESTART);
  const status = await until('it ends for a restart', 10_000, () => daemon.ending() ?? false);
  expect(status).toBe(0);
}

const startAgain = (pair: Pair, more: Settings = {}): Promise<Daemon> =>
  pair.boot('router1', routerConfig({ priority: 150, ...more }));

const said = (daemon: Daemon, words: string): boolean =>
  daemon.output.some(({ text }) => text.includes(words));

/**
 * The advert interval in seconds of which three, halved, leave a start enough time on this machine, which may have much else
 * to do; half a second where it has not.
 */
function shortestInterval(pair: Pair): number {
  const began = monotonicMicros();
  pair.network.run('router1', daemonProgram(), ['--version']);
  const start = (monotonicMicros() - began) / 1e6;
  return Math.max(0.5, Math.round(start * 3 * 100) / 100);
}

/** How the kernel holds the virtual address of router1. */
const lifetime = (pair: Pair): string | undefined =>
  new RegExp(`${vip}/24.*\\n.*valid_lft (\\S+)`).exec(
    pair.network.run('router1', 'ip', ['-4', 'address', 'show', 'dev', 'eth0']),
  )?.[1];

/** Every moment at which both held the address, in words; none is right. */
function momentsOfTwoOwners(pair: Pair): readonly string[] {
  const owners = new Set<string>();
  const found: string[] = [];
  for (const { address, host, change, at } of pair.addresses.changes) {
    if (address !== vip) continue;
    if (change === 'added') owners.add(host);
    else owners.delete(host);
    if (owners.size > 1) found.push(`${[...owners].join(' and ')} at ${at}`);
  }
  return found;
}

describeWith({ root: true, tools: ['ip'] }, 'a planned restart of the master', () => {
  test('the client loses nothing, the peer stays backup', { retry: 2 }, () =>
    withPair(async (pair) => {
      const more = { version: 3, advertInt: shortestInterval(pair) } as const;
      await electedPair(pair, more);
      const probe = startEchoProbe(pair.network, vip);
      await pause(300);
      const from = monotonicMicros();
      for (let round = 0; round < 2; round++) {
        await stopForRestart(pair);
        const daemon = await startAgain(pair, more);
        await until('it says that it goes on', 5000, () => said(daemon, 'as master of VI_1'));
        await pause(1500);
        expect(lifetime(pair)).toBe('forever');
      }
      const changes = pair.addresses.changes.filter(({ at, change }) => at > from && change === 'removed');
      expect(changes).toEqual([]);
      expect(pair.adverts.from('router2', from)).toEqual([]);
      expect(pair.adverts.from('router1', from).every(({ priority }) => priority === 150)).toBe(true);
      expect(probe.outage(from, monotonicMicros() - 100_000)).toBeLessThan(100_000);
      probe.stop();
    }),
  );

  // What takes seconds of waiting waits together.
  describe.concurrent('that cannot go on,', () => {
    test('because it comes too late, takes nothing back: the peer serves, and never do both', () =>
      withPair(async (pair) => {
        const more = { lines: ['nopreempt'] };
        await electedPair(pair, more);
        await stopForRestart(pair);
        expect(lifetime(pair)).toMatch(/^[12]sec$/);
        await pause(1600);
        const daemon = await startAgain(pair, more);
        await until('it says so', 5000, () => said(daemon, 'took too long'));
        expect(pair.addresses.holds('router1', vip)).toBe(false);
        await pair.untilOwner('router2');
        expect(momentsOfTwoOwners(pair)).toEqual([]);
      }));

    test('because no daemon starts: the kernel takes the address back before the peer has it', () =>
      withPair(async (pair) => {
        await electedPair(pair);
        await stopForRestart(pair);
        await pair.untilOwner('router2');
        expect(momentsOfTwoOwners(pair)).toEqual([]);
        const own = pair.addresses.changes.filter(({ address }) => address === vip);
        expect(own.slice(-2).map(({ host, change }) => `${host} ${change}`)).toEqual([
          'router1 removed',
          'router2 added',
        ]);
      }));

    test('because another file is on disk, is an ordinary stop: the peer serves within its skew time', () =>
      withPair(async (pair) => {
        await electedPair(pair);
        const daemon = pair.daemon('router1');
        writeFileSync(daemon.configFile, routerConfig({ priority: 150, more: ['192.168.100.20'] }));
        await stopForRestart(pair);
        expect(said(daemon, 'not the one in force')).toBe(true);
        expect(pair.adverts.from('router1').at(-1)?.priority).toBe(0);
        await pair.untilOwner('router2', 2000);
      }));

    test('because backups take over in less than a second, is an ordinary stop', () =>
      withPair(async (pair) => {
        await electedPair(pair, { version: 3, advertInt: 0.2 });
        await stopForRestart(pair);
        expect(pair.adverts.from('router1').at(-1)?.priority).toBe(0);
        await pair.untilOwner('router2', 2000);
      }));

    test('because it was a crash: there is no note, and what was left is cleaned up as ever', () =>
      withPair(async (pair) => {
        await electedPair(pair);
        const note = join(pair.network.directory, 'router1', 'core.pid.restart');
        pair.daemon('router1').killAll();
        const daemon = await startAgain(pair);
        expect(said(daemon, 'Going on')).toBe(false);
        await until('the left-over address is removed', 5000, () => !pair.addresses.holds('router1', vip));
        expect(pair.network.run('router1', 'sh', ['-c', `ls ${note} 2> /dev/null; echo none`])).toBe(
          'none\n',
        );
      }));
  });
});
