import { expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { startNginx, startRouter } from '../support/router.ts';
import { siteNeeds, withSite } from '../support/site.ts';
import { seed } from './seed.ts';

/** The definition that the file of the first tutorial has in comments, as `check` proposes: without the comment signs. */
const definition = (): string =>
  seed('001-master-lvs.conf')
    .split('\n')
    .filter((line) => /^# (?:vrrp_script|\s|\})/.test(line))
    .map((line) => line.slice(2))
    .join('\n');

const instanceAlone = (): string => seed('001-master-lvs.conf').replace(/^virtual_server[\s\S]*/m, '');

const machines = [{ name: 'node', cards: { ens192: '192.168.0.163/24' } }];
const needs = { ...siteNeeds, shared: true, services: ['nginx'] };

describeWith(needs, 'the scripts of the first and the fourth tutorial', () => {
  test.concurrent('P08 P40: curl | grep counts, and 20 is taken from the priority when nginx is gone', () =>
    withSite(machines, async (site) => {
      const node = site.machine('node');
      await node.write('/etc/keepalived/chk_haproxy.sh', seed('001-check_local.sh'), 0o755);
      await node.must(
        "grep -q '^keepalived:' /etc/passwd || echo 'keepalived:x:998:998::/:/bin/sh' >> /etc/passwd",
      );
      await startNginx(node);
      await node.must('/etc/keepalived/chk_haproxy.sh 192.168.0.163 200');
      // What is well with a redirection, too, is not 200.
      await node.must(
        "echo 'server { listen 81; return 301 http://site.example/; }' > /etc/nginx/conf.d/moved.conf",
      );
      await node.must('nginx -s reload; within 5 curl -sI http://192.168.0.163:81/');
      expect((await node.sh('/etc/keepalived/chk_haproxy.sh 192.168.0.163:81 200')).status).toBe(1);

      await startRouter(node, `${definition()}\n${instanceAlone()}`);
      await node.must('within 15 holds 192.168.0.233; killall nginx');
      await node.must("within 25 grep 'Changing effective priority from 100 to 80' /var/log/messages");
    }));

  test.concurrent.each([
    ['000-first-server.conf', '000-second-server.conf', /no complaints/],
    ['002-master.conf', '002-backup.conf', /no complaints/],
    ['004-master.conf', '004-backup.conf', /fall +2 +1/],
  ])('%s and %s are held against each other', (one, other, said) =>
    withSite(machines, async (site) => {
      const node = site.machine('node');
      await node.write('/run/home/one.conf', seed(one));
      await node.write('/run/home/other.conf', seed(other));
      const { output } = await node.sh('holdfast check --no-interfaces --pair one.conf other.conf');
      expect(output).toMatch(said);
      expect(output).not.toMatch(/error/);
    }),
  );
});
