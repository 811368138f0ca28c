import { expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { startRouter } from '../support/router.ts';
import { siteNeeds, withSite } from '../support/site.ts';
import { seed } from './seed.ts';

/** Without the line that is a placeholder of the author's. */
const filledIn = (text: string): string => text.replace(/\s*track_script \{\s*<script_name>\s*\}/, '');
const withoutPool = (text: string): string => text.replace(/^virtual_server[\s\S]*/m, '');

/** What is started, on a card of that name with that address, and the virtual addresses that must appear on it. */
const files = [
  ['000-first-server.conf', 'wlp3s0', '192.168.43.10/24', 0, ['192.168.43.190'], seed],
  ['000-second-server.conf', 'wlp3s0', '192.168.43.11/24', 0, ['192.168.43.190'], seed],
  [
    '001-master-lvs.conf',
    'ens192',
    '192.168.0.10/24',
    1,
    ['192.168.0.233'],
    (name: string) => withoutPool(seed(name)),
  ],
  [
    '003-instance.conf',
    'eth0',
    '192.168.200.2/24',
    // Strict mode drops the authentication: of that there is an error.
    2,
    ['192.168.200.16', '192.168.200.17', '192.168.200.18'],
    (name: string) => `${seed('003-global-defs.conf')}\n${filledIn(seed(name))}`,
  ],
] as const;

describeWith({ ...siteNeeds, shared: true }, 'a file of a tutorial', () => {
  test.concurrent.each(files)(
    '%s on %s (%s) is checked with status %i, starts, and brings %j',
    async (file, card, address, status, vips, read) => {
      await withSite([{ name: 'server', cards: { [card]: address } }], async (site) => {
        const server = site.machine('server');
        await startRouter(server, read(file));
        for (const vip of vips) await server.must(`within 15 holds ${vip}`);
        expect((await server.sh('holdfast check')).status).toBe(status);
        expect(
          await server.must('killall keepalived; within 5 sh -c "! pgrep keepalived" && ip address'),
        ).not.toContain(vips[0]);
      });
    },
  );

  test.concurrent.each([
    ['003-case-master.conf', 2, 'did you mean interface?'],
    ['003-case-backup.conf', 2, 'did you mean interface?'],
    ['003-ck-nginx-typo.conf', 2, 'did you mean vrrp_script?'],
    ['003-script-typo.conf', 2, 'a placeholder of a template was left in: <path>'],
    ['003-lvs.conf', 2, 'a placeholder of a template was left in: <IP> and <PORT>'],
    ['002-master.conf', 2, "name one of this machine's (eth7 10.9.0.1"],
  ])('%s, where it is not right, is answered with %i and the remedy %s', async (file, status, said) => {
    await withSite([{ name: 'server', cards: { eth7: '10.9.0.1/24' } }], async (site) => {
      const server = site.machine('server');
      await server.write('/etc/keepalived/keepalived.conf', seed(file));
      const answer = await server.sh('holdfast check');
      expect(answer.output).toContain(said);
      expect(answer.status).toBe(status);
    });
  });
});
