import { expect, test } from 'vitest';
import type { Machine } from '../support/machine.ts';
import { describeWith } from '../support/requirements.ts';
import { startRouter } from '../support/router.ts';
import { type Site, siteNeeds, withSite } from '../support/site.ts';
import { seed } from './seed.ts';

const vip = '192.168.9.200';

/** The machines of the case: two with nginx, and somebody who looks. */
const machines = [
  { name: 'master', cards: { ens33: '192.168.9.11/24' } },
  { name: 'backup', cards: { ens33: '192.168.9.12/24' } },
  { name: 'client', cards: { eth0: '192.168.9.100/24' } },
];

/**
 * The tutorial's file with the two words mended that `check` names, the script used that it defines, and a weight that
 * crosses the other's priority. The script sleeps for 2 s: that is its `interval`, and so its `timeout` unless one is
 * given, and it would be ended before it gets to `killall`.
 */
const mended = (host: string): string =>
  [
    seed('003-ck-nginx-typo.conf').replace('vrrp_scripit', 'vrrp_script').replace('-10', '-60\n\ttimeout 5'),
    seed(`003-case-${host}.conf`)
      .replace('inteface', 'interface')
      .replace('advert_int 1', 'advert_int 1\n\ttrack_script {\n\t\tck_nginx\n\t}'),
  ].join('\n');

const killing = (): string =>
  seed('003-ck_nginx-kill.sh').replace('-eq 0 ];\n\t\tkillall', '-eq 0 ]; then\n\t\tkillall');

async function serve(machine: Machine): Promise<void> {
  await machine.write(
    '/etc/nginx/conf.d/site.conf',
    `server { listen 80; return 200 "${machine.name}\\n"; }\n`,
  );
  // The tutorial built nginx itself; its script calls that one.
  await machine.must(`mkdir -p /usr/local/nginx/sbin && ln -s /usr/sbin/nginx /usr/local/nginx/sbin/nginx
    /usr/local/nginx/sbin/nginx`);
}

/** Both machines with nginx, the script and the configuration; the master elected and answering. */
async function pair(site: Site, script: string): Promise<void> {
  await Promise.all(
    ['master', 'backup'].map(async (host) => {
      const machine = site.machine(host);
      await serve(machine);
      await machine.write('/etc/keepalived/ck_nginx.sh', script, 0o755);
      await startRouter(machine, mended(host));
    }),
  );
  await site.machine('master').must(`within 15 holds ${vip}`);
  expect(await answers(site)).toBe('master');
}

const answers = (site: Site): Promise<string> =>
  site.machine('client').must(`curl -s --max-time 3 http://${vip}/`);

const needs = { ...siteNeeds, shared: true, services: ['nginx'] };

describeWith(needs, 'the nginx pair of the third tutorial', () => {
  test.concurrent('P14 P17: nginx that cannot be started again ends the daemon by killall, and the address moves', () =>
    withSite(machines, async (site) => {
      await pair(site, killing());
      const master = site.machine('master');
      await master.must('killall -9 nginx; sleep 0.3; within 10 curl -sf http://127.0.0.1/');
      expect(await master.must(`holds ${vip} && echo kept`)).toBe('kept');

      await master.must('rm /usr/local/nginx/sbin/nginx; killall -9 nginx');
      await site.machine('backup').must(`within 20 holds ${vip}`);
      await master.must(`within 5 sh -c '! pgrep -x keepalived' && ! holds ${vip}`);
      // Where the machine is busy it has ended before it can be asked for its name.
      expect(await master.must('cat /var/log/messages')).toMatch(
        /received from process \d+ \((killall|which has ended)\)/,
      );
      expect(await answers(site)).toBe('backup');
    }));

  test.concurrent('with a script that exits with 1, the address moves when nginx dies, and returns with it', () =>
    withSite(machines, async (site) => {
      await pair(site, seed('003-ck_nginx-exit.sh').replace('$num > 0', '$num -gt 0'));
      const master = site.machine('master');
      await master.must('killall -9 nginx');
      await site.machine('backup').must(`within 15 holds ${vip}`);
      expect(await answers(site)).toBe('backup');
      await master.must('pgrep -x keepalived && nginx');
      await master.must(`within 15 holds ${vip}`);
    }));

  test.concurrent('P13: a test that is always true is told of, and indeed nothing moves', () =>
    withSite(machines, async (site) => {
      await pair(site, seed('003-ck_nginx-exit.sh'));
      const master = site.machine('master');
      const { status, output } = await master.sh('holdfast check');
      expect([status, output]).toEqual([1, expect.stringContaining('redirection-in-test')]);
      await master.must('killall -9 nginx; sleep 5');
      expect(await master.must(`holds ${vip} && echo kept`)).toBe('kept');
    }));

  test.concurrent('P04 P05 P12: what is printed wrong is told with its remedy', () =>
    withSite(machines.slice(0, 1), async (site) => {
      const master = site.machine('master');
      await master.write('/etc/keepalived/ck_nginx.sh', seed('003-ck_nginx-kill.sh'), 0o755);
      await master.write('/etc/keepalived/keepalived.conf', seed('003-case-master.conf'));
      const typo = await master.sh('holdfast check');
      expect([typo.status, typo.output]).toEqual([2, expect.stringMatching(/did you mean .?interface/)]);
      await master.write('/etc/keepalived/keepalived.conf', mended('master'));
      const syntax = await master.sh('holdfast check');
      expect([syntax.status, syntax.output]).toEqual([2, expect.stringMatching(/script-syntax/)]);
      expect(syntax.output).toMatch(/ck_nginx\.sh/);
    }));
});
