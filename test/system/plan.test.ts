import { expect, test } from 'vitest';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { until } from '../lab-support/until.ts';
import { controlClient, holdfast, socketOf } from '../support/control.ts';
import { type Pair, routerConfig, vip, withPair } from '../support/pair.ts';
import { describeWith } from '../support/requirements.ts';

const [gone, added] = ['192.168.100.21', '192.168.100.22'];
const configuration = (more: string, lines: readonly string[] = []): string =>
  routerConfig({
    priority: 200,
    version: 3,
    advertInt: 0.1,
    more: [more],
    lines: ['authentication {\nauth_type PASS\nauth_pass secret\n}', ...lines],
  });

/** What `holdfast plan` says of router1's daemon: its status, and what it prints. */
const plan = (pair: Pair, ...words: readonly string[]) =>
  holdfast(['plan', '--no-interfaces', '--socket', socketOf(pair.daemon('router1')), ...words]);

const reloads = (pair: Pair): number =>
  pair.daemon('router1').output.filter(({ text }) => /Reload (complete|refused)/i.test(text)).length;

async function reload(pair: Pair): Promise<void> {
  const before = reloads(pair);
  pair.daemon('router1').signal('SIGHUP');
  await until('the reload has ended', 5000, () => reloads(pair) > before);
}

describeWith({ root: true, tools: ['ip'] }, 'holdfast plan and a running daemon', () => {
  test('what it says is what SIGHUP does: addresses come and go, a refused file changes nothing', () =>
    withPair(async (pair) => {
      const daemon = await pair.boot('router1', configuration(gone));
      await pair.untilOwner('router1');
      await until('the control socket answers', 10_000, () =>
        daemon.output.some(({ text }) => text.includes('Control socket')),
      );
      expect((await plan(pair)).status, 'its own file, unchanged').toBe(0);

      daemon.writeConfig(configuration(added, ['preempt_delay 5']));
      const said = await plan(pair);
      expect([said.status, said.err]).toEqual([1, '']);
      for (const line of [
        `+ virtual_ipaddress ${added}/24 dev eth0`,
        `- virtual_ipaddress ${gone}/24 dev eth0`,
        'preempt_delay: 0 s -> 5 s',
        '= kept: 1 virtual_ipaddress',
        'no master changes by it',
      ])
        expect(said.out).toContain(line);
      expect(said.out).not.toContain('secret');
      expect(pair.addresses.owners(added), 'a plan does nothing').toEqual([]);

      const since = monotonicMicros();
      await reload(pair);
      for (const line of [
        `virtual_ipaddress ${added}/24 dev eth0 is new`,
        `virtual_ipaddress ${gone}/24 dev eth0 is gone`,
        'preempt_delay 0 s -> 5 s',
      ])
        expect(
          daemon.output.filter(({ text }) => text.includes('Reload: ') && text.endsWith(line)),
          'the log tells the same',
        ).toHaveLength(1);
      await until('the addresses are exchanged', 2000, () => {
        const [came, went] = [added, gone].map((address) => pair.addresses.owners(address).join());
        return came === 'router1' && went === '';
      });
      expect(pair.addresses.owners(vip)).toEqual(['router1']);
      await until('it advertises', 2000, () => pair.adverts.from('router1', since).length >= 3);
      expect(
        pair.adverts.from('router1', since).map(({ priority }) => priority),
        'it stayed master',
      ).not.toContain(0);
      expect((await plan(pair)).status, 'nothing is left to change').toBe(0);

      daemon.writeConfig(configuration(added).replace('priority 200', 'priority 999'));
      const refused = await plan(pair);
      expect(refused.status).toBe(2);
      expect(refused.out).toContain('priority 999 is outside');
      await reload(pair);
      expect(daemon.output.some(({ text }) => text.includes('priority 999 is outside'))).toBe(true);
      const { instances } = await controlClient(socketOf(daemon)).status();
      expect(instances).toMatchObject([{ state: 'MASTER', priority: { configured: 200 } }]);
    }));
});
