import { describe, expect, test } from 'vitest';
import { kill } from '../lab-support/daemon.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { isRunning } from '../lab-support/processes.ts';
import { eventually, pause, until } from '../lab-support/until.ts';
import { masterDownInterval, type Pair, routerConfig, skewTime, vip, withPair } from '../support/pair.ts';
import { describeWith } from '../support/requirements.ts';

/** How much later than the RFC's instant is still right, in microseconds; earlier is wrong by more than its tenth. */
const late = 150_000;
const early = 15_000;

const needs = { root: true, tools: ['ip'] };

/** Microseconds from the last advert of one router to the first that the other sent after it. */
function silence(pair: Pair, from: string, to: string): number {
  const last = pair.adverts.from(from).at(-1)?.at ?? Number.NaN;
  return (pair.adverts.from(to, last)[0]?.at ?? Number.NaN) - last;
}

function expectNear(measured: number, due: number): void {
  expect(measured).toBeGreaterThan(due - early);
  expect(measured).toBeLessThan(due + late);
}

/** Starts both; the one of priority 150 becomes master. */
async function electedPair(
  pair: Pair,
  more: Partial<Parameters<typeof routerConfig>[0]> = {},
): Promise<void> {
  // One after the other: 0.2 s of a head start would make the other one master first.
  await pair.boot('router1', routerConfig({ priority: 150, ...more }));
  await pair.boot('router2', routerConfig({ priority: 100, ...more }));
  await pair.untilOwner('router1');
  await until('adverts of the master are seen', 5000, () => pair.adverts.from('router1').length >= 2);
}

/** A check that fails while the file exists. */
const failableCheck = (file: string): string => `vrrp_script check {
    script "/usr/bin/test ! -e ${file}"
    interval 1
    fall 2
    rise 2
    weight -60
}`;

const inPair = (name: string, run: (pair: Pair) => Promise<void>): void => test(name, () => withPair(run));

describeWith(needs, 'a pair of routers', () => {
  describe.concurrent('with one advert a second', () => {
    inPair('elects the higher priority, once, and only it advertises', async (pair) => {
      await electedPair(pair);
      expect(pair.adverts.from('router2')).toEqual([]);
      expect(pair.addresses.changes.filter(({ address }) => address === vip)).toHaveLength(1);
      const [advert] = pair.adverts.from('router1');
      expect(advert).toMatchObject({
        ttl: 255,
        destination: '224.0.0.18',
        version: 2,
        vrid: 51,
        priority: 150,
      });
    });

    inPair('hands over within the skew time when the master is stopped', async (pair) => {
      await electedPair(pair);
      const status = await pair.daemon('router1').stop();
      await pair.untilOwner('router2');
      await until('the new master advertises', 1000, () => pair.adverts.from('router2').length > 0);
      expect(status).toBe(0);
      expect(pair.adverts.from('router1').at(-1)?.priority).toBe(0);
      expectNear(silence(pair, 'router1', 'router2'), skewTime(100));
      expect(pair.network.run('router1', 'ip', ['address'])).not.toContain(vip);
    });

    inPair('survives the death of its master and takes it back', async (pair) => {
      await electedPair(pair);
      pair.daemon('router1').killAll();
      pair.network.unplug('router1');
      await until('router2 advertises', 6000, () => pair.adverts.from('router2').length > 0);
      expectNear(silence(pair, 'router1', 'router2'), masterDownInterval(100));
      expect(pair.addresses.holds('router1', vip)).toBe(true);

      pair.network.plug('router1');
      const returned = pair.boot('router1', routerConfig({ priority: 150 }));
      await until('the left-over address is removed', 5000, () => !pair.addresses.holds('router1', vip));
      await returned;
      await pair.untilOwner('router1');
    });

    inPair('with nopreempt leaves the address where it is', async (pair) => {
      const lines = ['nopreempt'];
      await pair.boot('router2', routerConfig({ priority: 100, lines }));
      await pair.untilOwner('router2');
      await pair.boot('router1', routerConfig({ priority: 150, lines }));
      await pause(5000);
      expect(pair.addresses.owners(vip)).toEqual(['router2']);
      await pair.daemon('router2').stop();
      await pair.untilOwner('router1');
    });

    inPair('adds an address at a reload without touching the others or losing an advert', async (pair) => {
      await electedPair(pair);
      const from = monotonicMicros();
      for (const [host, priority] of [
        ['router1', 150],
        ['router2', 100],
      ] as const) {
        pair.daemon(host).writeConfig(routerConfig({ priority, more: ['192.168.100.20'] }));
        pair.daemon(host).signal('SIGHUP');
      }
      await until('the new address is there', 3000, () => pair.addresses.holds('router1', '192.168.100.20'));
      await pause(2500);
      expect(pair.addresses.changes.filter(({ at }) => at > from).map(({ address }) => address)).toEqual([
        '192.168.100.20',
      ]);
      const sent = pair.adverts.from('router1', from - 1_100_000).map(({ at }) => at);
      expect(Math.max(...sent.slice(1).map((at, i) => at - (sent[i] ?? 0)))).toBeLessThan(1_000_000 + late);
      expect(pair.adverts.adverts.every(({ priority }) => priority === 150)).toBe(true);
    });

    test.each([
      ['is empty', () => ''],
      ['lacks its last brace', (good: string) => good.replace(/\}\s*$/, '')],
      ['names an interface that does not exist', (good: string) => good.replace('eth0', 'eth7')],
      ['is garbage', () => '\u0001\u0002 }}}} nonsense {{{{'],
      ['has an instance without an interface', (good: string) => good.replace(/interface.*/, '')],
    ])('keeps running state when the file %s at a reload, and says why', (_what, spoil) =>
      withPair(async (pair) => {
        await electedPair(pair);
        const daemon = pair.daemon('router1');
        const [before, from] = [daemon.processes(), monotonicMicros()];
        daemon.writeConfig(spoil(routerConfig({ priority: 150 })));
        daemon.signal('SIGHUP');
        await until('the daemon says why it refuses', 3000, () =>
          daemon.output.some(({ at, text }) => at > from && /refus/i.test(text)),
        );
        await pause(3000);
        expect(pair.addresses.changes.filter(({ at }) => at > from)).toEqual([]);
        expect(pair.adverts.from('router2')).toEqual([]);
        expect(daemon.processes()).toEqual(before);
      }),
    );

    inPair('does not lose the address when its vrrp worker is killed', async (pair) => {
      await electedPair(pair);
      const daemon = pair.daemon('router1');
      const victims = daemon.vrrpWorkers();
      const from = monotonicMicros();
      victims.forEach(kill);
      await until('another worker speaks VRRP', 3000, () =>
        daemon.vrrpWorkers().some((pid) => !victims.includes(pid)),
      );
      await pause(4000);
      expect(pair.addresses.changes.filter(({ at }) => at > from)).toEqual([]);
      expect(pair.adverts.from('router2')).toEqual([]);
      expect(pair.adverts.from('router1', from).length).toBeGreaterThanOrEqual(3);
    });

    inPair('hands over at once when the core of the master is killed', async (pair) => {
      await electedPair(pair);
      const daemon = pair.daemon('router1');
      const all = daemon.processes();
      const from = monotonicMicros();
      kill(daemon.pid);
      await pair.untilOwner('router2', 3000);
      expect(pair.adverts.from('router1', from).at(-1)?.priority).toBe(0);
      const alive = await eventually(500, () => all.every((pid) => !isRunning(pid)));
      expect(alive).toBe(true);
    });

    inPair('moves the address while a check fails, and back', async (pair) => {
      const config = (host: string, priority: number): string =>
        routerConfig({
          priority,
          blocks: failableCheck(`${pair.network.directory}/fail-${host}`),
          lines: ['track_script {', '    check', '}'],
        });
      await pair.boot('router1', config('router1', 150));
      await pair.boot('router2', config('router2', 100));
      await pair.untilOwner('router1');
      pair.network.run('router1', 'touch', [`${pair.network.directory}/fail-router1`]);
      await until(
        'router1 lowers its priority',
        5000,
        () => pair.adverts.from('router1').at(-1)?.priority === 90,
      );
      await pair.untilOwner('router2', 5000);
      pair.network.run('router1', 'rm', [`${pair.network.directory}/fail-router1`]);
      await pair.untilOwner('router1', 8000);
    });

    inPair('speaks to its peers alone when they are named', async (pair) => {
      const peers = (own: string, other: string): readonly string[] => [
        `unicast_src_ip ${pair.network.address(own)}`,
        `unicast_peer {\n        ${pair.network.address(other)}\n    }`,
      ];
      await pair.boot('router1', routerConfig({ priority: 150, lines: peers('router1', 'router2') }));
      await pair.boot('router2', routerConfig({ priority: 100, lines: peers('router2', 'router1') }));
      await pair.untilOwner('router1');
      await until('adverts are seen', 3000, () => pair.adverts.from('router1').length > 1);
      expect(pair.adverts.from('router1')[0]?.destination).toBe(pair.network.address('router2'));
      pair.network.unplug('router1');
      await pair.untilOwner('router2', 6000);
    });
  });

  inPair('notices a death within a third of a second with ten adverts a second', async (pair) => {
    await electedPair(pair, { advertInt: 0.1, version: 3 });
    // The one that was ready first may have been master for a moment: the quiet counts from the election on.
    const from = monotonicMicros();
    await pause(2000);
    expect(pair.adverts.from('router2', from)).toEqual([]);
    pair.daemon('router1').killAll();
    pair.network.unplug('router1');
    await until('router2 advertises', 3000, () => pair.adverts.from('router2', from).length > 0);
    const gap = silence(pair, 'router1', 'router2');
    expect(gap).toBeGreaterThan(masterDownInterval(100, 0.1, 3) - early);
    expect(gap).toBeLessThan(masterDownInterval(100, 0.1, 3) + late);
  });
});
