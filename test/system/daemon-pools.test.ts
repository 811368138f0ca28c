import { describe } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { ownerConfiguration } from './support/sandbox.ts';
import { daemonNeeds, story } from './support/story.ts';

/** One server that answers nobody, one whose program says what `verdict` holds. */
const pool = `virtual_server 10.9.0.5 80 {
    delay_loop 1
    lb_algo rr
    protocol TCP
    quorum_down "/bin/touch FOLDER/quorum-lost"
    real_server 127.0.0.1 8080 {
        TCP_CHECK {
            retry 0
        }
    }
    real_server 127.0.0.1 8081 {
        MISC_CHECK {
            misc_path "PROGRAM"
        }
    }
}
`;
const withPool = { 'ha.conf': ownerConfiguration + pool.replace('PROGRAM', '/bin/false') };
const poolAlone = { 'ha.conf': pool.replace('PROGRAM', '/bin/false') };
const checks = `CHECKS=$(cat c.pid)`;

describeWith(daemonNeeds, 'the daemon with virtual servers', () => {
  describe('on any kernel, with ip_vs or without', () => {
    story(
      'checks real servers beside VRRP, by sockets and by programs, and stops in order',
      `sed -i "s,FOLDER,$PWD," ha.conf; start -c c.pid; until_true vip; ${checks}; [ $CHECKS != $WORKER ] && echo two workers
      { [ -e /proc/net/ip_vs ] || until_true 'grep -q "this kernel has no IPVS.*modprobe ip_vs" log'; } && echo kernel named
      until_true 'grep -q "TCP_CHECK on service .*ECONNREFUSED" log'
      until_true 'grep -q "Removing service .127.0.0.1.:tcp:8081 from VS .10.9.0.5.:tcp:80" log'; until_true '[ -e quorum-lost ]'
      kill -USR1 $CORE; until_true 'grep -q "Alive = 0" tmp/keepalived_check.data'; echo dumped
      killall keepalived; wait $CORE; echo status $?; pidof keepalived; ls *.pid 2> /dev/null; vip || echo vip gone`,
      ['two workers', 'kernel named', 'dumped', 'status 0', 'vip gone'],
      withPool,
    );
    story(
      'replaces a killed health check worker, and VRRP does not notice',
      `start -c c.pid; until_true vip; until_true 'grep -q "Lost quorum" log'; ${checks}; ip monitor address > events & sleep 0.1
      kill -9 $CHECKS; until_true '[ "$(cat c.pid)" != $CHECKS ]'; kill -0 $(cat c.pid) && echo replaced
      sleep 1.5; grep -c '10.9.0.5' events; [ $(cat v.pid) = $WORKER ] && echo vrrp kept; grep -c 'Lost quorum' log
      kill $CORE; wait $CORE; echo status $?`,
      ['replaced', '0', 'vrrp kept', '1', 'status 0'],
      withPool,
    );
    story(
      'leaves the health checks out with -P, and VRRP with -C',
      `one_worker() { until_true '[ "$(pgrep -c -P '$CORE')" = 1 ]'; echo one; } # modprobe may be there for a moment
      start -P -c c.pid; until_true vip; ls c.pid 2> /dev/null; one_worker; kill $CORE; wait $CORE; : > log
      "$D" -C -n -l -D -G -f ha.conf -p k.pid -c c.pid > log 2>&1 & CORE=$!
      until_true 'grep -q "Startup complete" log'; kill -0 $(cat c.pid) && echo checks; vip || echo no vip
      one_worker; kill $CORE; wait $CORE; echo status $?`,
      ['one', 'checks', 'no vip', 'one', 'status 0'],
      withPool,
    );
    story(
      'starts the health checks when a reload brings the first virtual server',
      `cp ha.conf full; sed '/^virtual_server/,$d' full > ha.conf; start -c c.pid; until_true vip
      ls c.pid 2> /dev/null; cp full ha.conf; kill -HUP $CORE; until_true 'grep -q "Reload complete" log'
      grep -o 'virtual_server .10.9.0.5.:tcp:80 is new' log; until_true 'grep -q "Removing service" log'
      [ $(cat v.pid) = $WORKER ] && echo vrrp kept; kill $CORE; wait $CORE; echo status $?`,
      ['virtual_server [10.9.0.5]:tcp:80 is new', 'vrrp kept', 'status 0'],
      withPool,
    );
    story(
      'does not start a second one beside it',
      `"$D" -n -l -G -f ha.conf -p k.pid -r v.pid -c c.pid > log 2>&1 & CORE=$!; until_true 'grep -q "Startup complete" log'
      "$D" -n -l -G -f ha.conf -p k2.pid -r v2.pid -c c.pid > second 2>&1; echo status $?; grep -o 'daemon is already running.*' second
      ls *2.pid 2> /dev/null; kill $CORE; wait $CORE; echo status $?`,
      ['status 0', 'daemon is already running (c.pid is locked)', 'status 0'],
      poolAlone,
    );
  });
});
