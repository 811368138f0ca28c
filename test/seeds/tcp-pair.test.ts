import { expect, test } from 'vitest';
import type { Machine } from '../support/machine.ts';
import { describeWith } from '../support/requirements.ts';
import { startNginx, startRouter } from '../support/router.ts';
import { siteNeeds, withSite } from '../support/site.ts';
import { seed } from './seed.ts';

const vip = '10.0.3.100';

/** The backup's script names 10.0.3.3, so that is its address. */
const machines = [
  { name: 'master', cards: { eth0: '10.0.3.2/24' } },
  { name: 'backup', cards: { eth0: '10.0.3.3/24' } },
];

const withoutVip = `sh -c '! ip -o address | grep -qF " ${vip}/"'`;
/** Milliseconds from the first failure of the script to the one that counted. */
async function waited(machine: Machine): Promise<number> {
  const lines = (await machine.must('cat /var/log/messages'))
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const records = lines.map((line): { msg: string; time: string | number } => JSON.parse(line));
  const last = (text: string): number =>
    new Date(records.findLast(({ msg }) => msg.includes(text))?.time ?? Number.NaN).getTime();
  return last('(chk_tcp) failed') - last('chk_tcp` now returning 1');
}

const needs = { ...siteNeeds, shared: true, services: ['nginx'] };

describeWith(needs, 'the pair of the fourth tutorial, as printed', () => {
  test('P35 P11: scripts by /dev/tcp, of different patience, move the address and bring it back', () =>
    withSite(machines, async (site) => {
      const [master, backup] = [site.machine('master'), site.machine('backup')];
      await Promise.all([startNginx(master, 8889), startNginx(backup, 8889)]);
      await Promise.all([
        startRouter(master, seed('004-master.conf')),
        startRouter(backup, seed('004-backup.conf')),
      ]);
      await master.must(`within 15 holds ${vip}`);
      expect(await master.must('ip addr list eth0')).toContain(`inet ${vip}/32`);

      await master.must(`killall nginx; within 15 ${withoutVip}`);
      await backup.must(`within 5 holds ${vip}`);
      await master.must(`nginx; within 15 holds ${vip}`);
      await backup.must(`within 5 ${withoutVip}`);
      expect(await waited(master)).toBeGreaterThan(900);
      await backup.must('killall nginx; within 10 grep -q "(chk_tcp) failed" /var/log/messages');
      expect(await waited(backup)).toBeLessThan(500);
    }));
});
