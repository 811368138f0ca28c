import { expect, test } from 'vitest';
import type { Machine } from '../support/machine.ts';
import { describeWith } from '../support/requirements.ts';
import { type Site, siteNeeds, withSite } from '../support/site.ts';
import { seed } from './seed.ts';

const vip = '192.168.31.100';

const machines = [
  { name: 'master', cards: { eth0: '192.168.31.11/24' } },
  { name: 'backup', cards: { eth0: '192.168.31.12/24' } },
  { name: 'client', cards: { eth0: '192.168.31.50/24' } },
];

/** The file of the second tutorial on both, started as it says; the master has the address. */
async function pair(site: Site): Promise<readonly [Machine, Machine, Machine]> {
  for (const host of ['master', 'backup']) {
    const machine = site.machine(host);
    await machine.write('/etc/keepalived/keepalived.conf', seed(`002-${host}.conf`));
    await machine.must('/etc/init.d/keepalived start');
  }
  await site.machine('master').must(`within 15 holds ${vip}`);
  return [site.machine('master'), site.machine('backup'), site.machine('client')];
}

const apache = `ServerName localhost
Listen 80
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
PidFile /run/apache2.pid
ErrorLog /var/log/apache2.log
DocumentRoot /var/www/site
<Directory /var/www/site>
    Require all granted
</Directory>
`;

/** NFS, which the tutorial exports behind the same address, is the kernel's and has no namespace to be tried in. */
async function serve(machine: Machine): Promise<void> {
  await machine.write('/var/www/site/index.html', machine.name);
  await machine.write('/etc/apache2/site.conf', apache);
  await machine.write(
    '/etc/vsftpd.conf',
    `listen=YES\nlisten_ipv6=NO\nanonymous_enable=YES\nftpd_banner=${machine.name}\nseccomp_sandbox=NO\n`,
  );
  await machine.must(`grep -q '^ftp:' /etc/passwd || echo 'ftp:x:65533:65534::/srv/ftp:/usr/sbin/nologin' >> /etc/passwd
    mkdir -p /var/run/vsftpd/empty; apache2 -f /etc/apache2/site.conf; setsid vsftpd > /dev/null 2>&1 &
    within 10 sh -c 'ss -ltn | grep -q :80 && ss -ltn | grep -q :21'`);
}

const web = (client: Machine): Promise<string> => client.must(`curl -s --max-time 5 http://${vip}/`);
/** The greeting stands among what the client tells of the conversation. */
const ftp = async (client: Machine): Promise<string | undefined> => {
  const { output } = await client.sh(`curl -sv --max-time 5 ftp://${vip}/ 2>&1`);
  return /220 (\w+)/.exec(output)?.[1];
};

describeWith(
  { ...siteNeeds, shared: true, services: ['apache2', 'vsftpd'] },
  'the pair of the second tutorial',
  () => {
    test.concurrent('serves Apache and vsftpd at the address, from whichever machine has it', () =>
      withSite(machines, async (site) => {
        await Promise.all([serve(site.machine('master')), serve(site.machine('backup'))]);
        const [master, backup, client] = await pair(site);
        expect([await web(client), await ftp(client)]).toEqual(['master', 'master']);
        expect(await master.must('ps -ef | grep keepalived | grep -v grep')).toMatch(/keepalived/);

        await master.must('/etc/init.d/keepalived stop');
        await backup.must(`within 5 holds ${vip}`);
        expect([await web(client), await ftp(client)]).toEqual(['backup', 'backup']);

        await master.must(`/etc/init.d/keepalived start; within 15 holds ${vip}`);
        await master.must(`service keepalived restart; sleep 1; holds ${vip}`);
        expect(await web(client)).toBe('master');
      }));

    test.concurrent('P15: kill -9 of the daemon takes the address back at once, and of all of it at the next start', () =>
      withSite(machines, async (site) => {
        const [master, backup] = await pair(site);
        // Killed, it cannot do anything itself: its workers notice, and say priority 0.
        await master.must(
          `kill -9 $(cat /run/keepalived.pid); within 2 sh -c '! ip -o address | grep -qF ${vip}/'`,
        );
        await backup.must(`within 3 holds ${vip}`);

        await master.must(`/etc/init.d/keepalived start; within 15 holds ${vip}`);
        await master.must(
          `daemon=$(pgrep -x 'keepalived.*'); kill -STOP $daemon; kill -9 $daemon; sleep 1; holds ${vip}`,
        );
        const { status, output } = await master.sh('holdfast doctor');
        expect([status, output]).toEqual([2, expect.stringContaining('address-left-over')]);
        await backup.must(`within 10 holds ${vip}`);
        await master.must(`sed -i 's/priority 101/priority 50/; s/MASTER/BACKUP/' /etc/keepalived/keepalived.conf
        /etc/init.d/keepalived start; within 5 sh -c '! ip -o address | grep -qF ${vip}/'`);
      }));
  },
);
