import { chmodSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kill } from '../lab-support/daemon.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { pause, until } from '../lab-support/until.ts';
import { type ControlClient, controlClient, holdfast, socketOf, startHoldfast } from '../support/control.ts';
import { crowd, percentile } from '../support/crowd.ts';
import { longFile } from '../support/long-file.ts';
import { masterDownInterval, type Pair, routerConfig, vip, withPair } from '../support/pair.ts';
import { describeWith } from '../support/requirements.ts';

const advertInt = 0.1;
const settings = { advertInt, version: 3 } as const;

/** Boots a router and resolves when its control socket answers. */
async function boot(pair: Pair, host: string, priority: number): Promise<ControlClient> {
  const daemon = await pair.boot(host, routerConfig({ priority, ...settings }));
  await until(`${host} has its control socket`, 10_000, () =>
    daemon.output.some(({ text }) => text.includes('Control socket')),
  );
  return controlClient(socketOf(daemon));
}

async function elected(
  pair: Pair,
): Promise<{ readonly first: ControlClient; readonly second: ControlClient }> {
  const [first, second] = await Promise.all([boot(pair, 'router1', 200), boot(pair, 'router2', 100)]);
  await pair.untilOwner('router1');
  await until('router1 advertises', 5000, () => pair.adverts.from('router1').length >= 3);
  return { first, second };
}

describeWith({ root: true, tools: ['ip', 'setpriv'] }, 'the control socket of a pair', () => {
  test('an instance is handed over, stays so through reload and death of the worker, and is taken back', () =>
    withPair(async (pair) => {
      const { first, second } = await elected(pair);
      const socket = socketOf(pair.daemon('router1'));
      const events = startHoldfast(['events', '-f', '--socket', socket]);
      await until('the events are followed', 5000, () => events.out().includes('Entering MASTER STATE'));
      const before = monotonicMicros();
      expect(await first.handOver('VI_1', true)).toBe('BACKUP');
      await pair.untilOwner('router2', 2000);
      const [goodbye] = pair.adverts.from('router1', before).filter(({ priority }) => priority === 0);
      expect(goodbye).toBeDefined();
      expect(await second.stateOf('VI_1')).toBe('MASTER');

      const [daemon, worker] = [pair.daemon('router1'), pair.daemon('router1').vrrpWorkers()];
      daemon.signal('SIGHUP');
      await until('the reload is complete', 5000, () =>
        daemon.output.some(({ text }) => text.includes('Reload complete')),
      );
      // Both the worker and its spare: what core holds has to reach a new process.
      worker.forEach(kill);
      await until('another worker listens', 5000, () =>
        daemon.vrrpWorkers().some((pid) => !worker.includes(pid)),
      );
      await pause(1000);
      expect(await first.status()).toMatchObject({
        instances: [{ state: 'BACKUP', handedOver: true, priority: { configured: 200, effective: 1 } }],
      });
      await pair.untilOwner('router2', 1000);

      expect(await first.handOver('VI_1', false)).toBe('BACKUP');
      await pair.untilOwner('router1', 2000);
      await pair.daemon('router1').stop();
      expect(await events.ended, 'it ends with the daemon').toBe(1);
      expect(events.out()).toContain('(VI_1) MASTER -> BACKUP: an operator handed it over');
      expect(events.out()).toContain('Reload complete');
    }));

  test('where no other router answers it serves again, and yields to the first that does', () =>
    withPair(async (pair) => {
      const { first } = await elected(pair);
      await pair.daemon('router2').stop();
      await first.handOver('VI_1', true);
      await until('the address is given back', 1000, () => pair.addresses.owners(vip).length === 0);
      await pair.untilOwner('router1', 2000);
      const since = monotonicMicros();
      await until('it advertises', 1000, () => pair.adverts.from('router1', since).length >= 3);
      expect(new Set(pair.adverts.from('router1', since).map(({ priority }) => priority))).toEqual(
        new Set([1]),
      );
      expect(
        pair
          .daemon('router1')
          .output.map(({ text }) => text)
          .join('\n'),
      ).toContain('no other router answers: it serves again');
      await boot(pair, 'router2', 100);
      await pair.untilOwner('router2', 5000);
    }));

  test('a hundred clients, sleepers and vandals among them, delay no advert beyond what a backup waits', () =>
    withPair(async (pair) => {
      await elected(pair);
      const daemon = pair.daemon('router1');
      const quiet = monotonicMicros();
      await pause(2000);
      const since = monotonicMicros();
      const clients = crowd(socketOf(daemon), { readers: 45, followers: 45, sleepers: 10, vandals: 5 });
      const noise = setInterval(() => daemon.signal('SIGUSR2'), 50);
      await pause(6000);
      clearInterval(noise);
      await clients.leave();
      const until = monotonicMicros();
      expect(pair.adverts.from('router2', quiet), 'the other one never took over').toEqual([]);
      const [calm, besieged] = [gaps(pair, quiet, since), gaps(pair, since, until)];
      report('alone', calm);
      report(`with 105 clients, ${clients.latencies.length} answers, ${clients.events()} events`, besieged);
      process.stdout.write(`  status: ${numbers(clients.latencies)} ms\n`);
      expect(Math.max(...besieged)).toBeLessThan(masterDownInterval(100, advertInt, 3) / 1000);
      expect(clients.latencies.length).toBeGreaterThan(100);
      expect(clients.events()).toBeGreaterThan(45);
      expect((await controlClient(socketOf(daemon)).status()).instances).toHaveLength(1);
    }));

  test('a hundred instances and a thousand real servers are shown whole', () =>
    withPair(async (pair) => {
      const daemon = await pair.boot('router1', longFile(100, 10, 100));
      await until('it has its control socket', 20_000, () =>
        daemon.output.some(({ text }) => text.includes('Control socket')),
      );
      const client = controlClient(socketOf(daemon));
      const slow = halfRequest(socketOf(daemon));
      const latencies: number[] = [];
      for (let i = 0; i < 10; i++) {
        // Longer than any answer is kept: each one asks the workers.
        await pause(600);
        const since = performance.now();
        const { instances, pools, notes } = await client.status();
        latencies.push(performance.now() - since);
        expect([instances.length, pools.flatMap(({ realServers }) => realServers).length]).toEqual([
          100, 1000,
        ]);
        expect(instances.filter(({ state }) => state === 'UNKNOWN')).toEqual([]);
        if (notes.length > 0) process.stdout.write(`  ${notes.join('; ')}\n`);
      }
      expect(await slow, 'who takes too long over a request is told so').toContain('must be here within');
      process.stdout.write(`status of 100 instances and 1000 real servers: ${numbers(latencies)} ms\n`);
      const since = performance.now();
      const shown = await holdfast(['status', '--all', '--socket', socketOf(daemon)]);
      process.stdout.write(`  holdfast status: ${(performance.now() - since).toFixed(0)} ms\n`);
      expect(shown.status, shown.err).toBe(0);
      expect(shown.out.split('\n').filter((line) => line.startsWith('    10.9.')).length).toBe(1000);
    }));

  test('somebody else is refused in one sentence, and root is shown everything', () =>
    withPair(async (pair) => {
      await boot(pair, 'router1', 200);
      const socket = socketOf(pair.daemon('router1'));
      for (const folder of [pair.network.directory, join(pair.network.directory, 'router1')])
        chmodSync(folder, 0o755);
      const stranger = await holdfast(['status', '--socket', socket], 65_534);
      expect(stranger).toMatchObject({ status: 1, out: '' });
      expect(stranger.err).toMatch(
        /^holdfast: you may not speak to the daemon at .*; it is for root.*: use sudo.*\n$/,
      );
      const root = await holdfast(['status', '--socket', socket]);
      expect(root).toMatchObject({ status: 0, err: '' });
      expect(root.out).toContain('VI_1');
      const why = await holdfast(['why', 'VI_2', '--socket', socket]);
      expect(why).toMatchObject({
        status: 1,
        err: 'holdfast: there is no vrrp_instance VI_2; did you mean VI_1?\n',
      });
      await pair.daemon('router1').stop();
      const gone = await holdfast(['status', '--socket', socket]);
      expect(gone.err).toContain('no daemon answers');
    }));
});

/** A client that never finishes its request. @returns what it is told */
function halfRequest(socketPath: string): Promise<string> {
  return new Promise((resolve) => {
    const client = connect(socketPath);
    let told = '';
    client.on('data', (bytes) => {
      told += String(bytes);
    });
    client.on('error', () => undefined);
    client.on('close', () => resolve(told));
    client.write('GET /v1/status HTTP/1.1\r\nHost: ');
  });
}

/** Times between two adverts of the master, in milliseconds. */
function gaps(pair: Pair, from: number, to: number): readonly number[] {
  const times = pair.adverts
    .from('router1', from)
    .map(({ at }) => at)
    .filter((at) => at <= to);
  return times.slice(1).map((at, i) => (at - (times[i] ?? at)) / 1000);
}

const numbers = (values: readonly number[]): string =>
  [0.5, 0.99, 1].map((share) => percentile(values, share).toFixed(2)).join(' / ');

/** Figures are told, not judged. */
function report(when: string, between: readonly number[]): void {
  const lateness = between.map((gap) => Math.abs(gap - advertInt * 1000));
  process.stdout.write(
    `adverts ${when}: ${between.length}, off by median / p99 / most ${numbers(lateness)} ms\n`,
  );
}
