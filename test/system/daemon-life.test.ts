import { describe } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { daemonNeeds, story } from './support/story.ts';

describeWith(daemonNeeds, 'the daemon', () => {
  describe('replaces its worker', () => {
    // With three times the interval: on a busy machine a worker may take longer to start than core waits.
    story(
      'that was killed: the VIP never goes, the pid file names the new one',
      `sed -i 's/advert_int 1/advert_int 3/' ha.conf; start; until_true vip; ip monitor address > events & sleep 0.1
      kill -9 $WORKER; until_true '[ "$(cat v.pid)" != $WORKER ]'; until_true 'grep -q "goes on as master" log'
      kill -0 $(cat v.pid) && echo replaced; grep -c '10.9.0.5' events; kill $CORE; wait $CORE; echo status $?`,
      ['replaced', '0', 'status 0'],
    );
    story(
      'that cannot be replaced: core removes the VIP before a backup takes over',
      `cp -r "$ROOT/dist" .; D="$PWD/d"; printf '#!/bin/sh\\nexec "$NODE" '"$PWD"'/dist/holdfastd.mjs "$@"\\n' > d; chmod +x d
      start; until_true vip; echo 'process.exit(7)' > dist/holdfast-vrrp.mjs
      kill -9 $WORKER; sleep 1.7; vip || echo vip gone; kill -0 $CORE && echo core lives; grep -c 'VIPs are removed' log
      kill $CORE; wait $CORE; echo status $?`,
      ['vip gone', 'core lives', '1', 'status 0'],
    );
    story(
      'that is stopped by SIGSTOP: it is killed and replaced',
      `start; until_true vip; kill -STOP $WORKER; until_true '[ "$(cat v.pid)" != $WORKER ]'; until_true '! kill -0 $WORKER'
      grep -c 'does not answer' log; until_true vip; echo vip; kill $CORE; wait $CORE; echo status $?`,
      ['1', 'vip', 'status 0'],
    );
    story(
      'not with -R: the daemon ends, and takes the VIP away',
      `start -R; until_true vip; kill -9 $WORKER; wait $CORE; echo status $?; vip || echo vip gone; pidof keepalived`,
      ['status 0', 'vip gone'],
    );
    story(
      'never: when core is killed, the worker withdraws and ends within 0.2 s',
      `start; until_true vip; kill -9 $CORE; sleep 0.25; pidof keepalived; vip || echo vip gone`,
      ['vip gone'],
    );

    story(
      'all at once by SIGKILL: the next start removes what was left, also what the file no longer names',
      `start; until_true vip; ip addr add 10.9.0.77/32 dev eth0; kill -STOP $CORE $WORKER; kill -9 $WORKER $CORE
      until_true '! kill -0 $WORKER'; vip && echo left behind
      sed -i 's,10[.]9[.]0[.]5/24,10.9.0.6/24,' ha.conf; start
      until_true '! vip'; grep -o 'no longer names: .*' log; ip -o addr show dev eth0 | grep -c '10[.]9[.]0[.]77/'
      kill $CORE; wait $CORE; ls *.addresses 2> /dev/null; echo done`,
      ['left behind', 'no longer names: 10.9.0.5', '1', 'done'],
    );
  });

  describe('reloads', () => {
    story(
      'and keeps what runs when the file is broken, with file and line; a good file is applied then',
      `start; until_true vip; cp ha.conf good
      for broken in '/}/d' 's/eth0/eth9/' 's/virtual_router_id 5/virtual_router_id/' 'd'; do
        sed "$broken" good > ha.conf; before=$(grep -c 'Reload refused, for' log); kill -HUP $CORE
        until_true '[ $(grep -c "Reload refused, for" log) -gt '$before' ]'
      done
      vip && [ "$(cat v.pid)" = $WORKER ] && echo kept; grep -c 'Reload refused: (.*ha.conf' log | sed 's/[4-9]/named/'
      rm ha.conf; kill -HUP $CORE; until_true "grep -q \\"Config files missing 'ha.conf'\\|cannot be read\\|Reload refused: .*ha.conf\\" log"
      sed 's,10.9.0.5/24,&\\n10.9.0.6/24,' good > ha.conf; kill -HUP $CORE; until_true 'ip addr show eth0 | grep -q 10.9.0.6'
      grep -o 'vrrp_instance V1: virtual_ipaddress 10.9.0.6/24.* is new' log; vip && echo kept; kill $CORE; wait $CORE`,
      ['kept', 'named', 'vrrp_instance V1: virtual_ipaddress 10.9.0.6/24 dev eth0 is new', 'kept'],
    );
    story(
      'once more, and not twenty times, when it is asked for twenty times at once',
      `start; for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do kill -HUP $CORE; done
      until_true 'grep -q "Reload complete" log'; sleep 1; n=$(grep -c 'Reload complete' log); [ $n -ge 1 -a $n -le 6 ] && echo few
      kill $CORE; wait $CORE; echo status $?`,
      ['few', 'status 0'],
    );
  });

  describe('ends', () => {
    story(
      'only when told to: not because the disk of its pid files is full, when it starts or when its worker is replaced',
      `mkdir full; mount -t tmpfs -o size=8k none full; dd if=/dev/zero of=full/fill bs=4096 count=2 2> /dev/null
      "$D" -n -l -D -G -f ha.conf -p full/k.pid -r full/v.pid > log 2>&1 & CORE=$!; until_true vip; until_true 'grep -q "Startup complete" log'
      kill -9 $(pgrep -P $CORE); until_true 'grep -q "goes on as master" log'; grep -c 'Cannot write pid file.*ENOSPC: the disk is full' log
      kill $CORE; wait $CORE; echo status $?`,
      ['3', 'status 0'],
    );
    story(
      'though its worker cannot run and the terminal that would be told is stuck',
      `cp -r "$ROOT/dist" .; mkfifo stuck; exec 9<> stuck
      "$NODE" dist/holdfastd.mjs -n -G -f ha.conf -p k.pid -r v.pid 2>> stuck & CORE=$!; until_true vip
      dd if=/dev/zero bs=65536 count=1 of=stuck oflag=nonblock 2> /dev/null
      echo 'process.exit(1)' > dist/holdfast-vrrp.mjs; kill -9 $(cat v.pid); until_true '! vip'; wait $CORE; echo status $?`,
      ['status 1'],
    );
  });
});
