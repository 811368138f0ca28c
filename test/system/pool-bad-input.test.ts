import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';
import { runInUml } from '../uml/uml.ts';

const service = (address: string, scheduler: string): string => `virtual_server ${address} 80 {
    delay_loop 1
    lb_algo ${scheduler}
    lb_kind NAT
    protocol TCP
    real_server 127.0.1.1 80 {
        TCP_CHECK {
            bind_if nowhere0
        }
    }
}
`;

const configuration = `global_defs {
    lvs_sync_daemon eth0 inst V1
}
vrrp_instance V1 {
    interface eth0
    virtual_router_id 5
    priority 255
    virtual_ipaddress {
        10.9.0.5/24
    }
}
${service('10.9.0.7', 'mh')}${service('10.9.0.8', 'rr')}`;

/** Each part starts the daemon on another kernel and shows what it said of IPVS, the table, and whether the VIP is there. */
const story = `
cd $SCRATCH
ip link add eth0 type veth peer name eth1
ip addr add 10.9.0.1/24 dev eth0
ip link set eth0 up; ip link set eth1 up
until_true() { i=0; while [ $i -lt 200 ]; do eval "$1" >/dev/null 2>&1 && return; sleep 0.1; i=$((i + 1)); done; echo "NOT SEEN: $1"; cat log; }
modprobe_is() { printf '#!/bin/sh\\n%s\\n' "$1" > modprobe; chmod 755 modprobe; echo $SCRATCH/modprobe > /proc/sys/kernel/modprobe; }
# The kernel's threads: ipvs-m of a master, ipvs-b of a backup.
synchronising() { cat /proc/[0-9]*/comm 2>/dev/null | grep -o '^ipvs-[mb]'; }
part() {
  echo "== $1"
  shift
  "$@" $DAEMON -n -l -D -f ha.conf -p k.pid -r v.pid -c c.pid > log 2>&1 &
  until_true "grep -q 'Startup complete' log"
  until_true "ip -o addr show dev eth0 | grep -q 10.9.0.5/"
  sleep 5
  grep -o 'IPVS: .*' log | grep -v 'sync daemon runs'
  grep 'cannot be made here' log | sed 's/.*TCP_CHECK/TCP_CHECK/' | sort
  grep '^TCP' /proc/net/ip_vs
  synchronising
  kill $!
  wait $!
  synchronising
}
modprobe_is 'exit 1'
part 'no module' env
modprobe_is 'for last; do :; done; case $last in *mh) exit 1;; esac; exec /sbin/modprobe -d /run/kernel "$@"'
part 'a module, but not that scheduler' env
`;

describeWith(
  { root: true, tools: ['linux.uml', 'modprobe'] },
  'a kernel without what the file asks for',
  () => {
    let parts: Readonly<Record<string, readonly string[]>> = {};
    beforeAll(async () => {
      const { stdout, stderr, console } = await runInUml({
        command: ['/bin/sh', '-c', story],
        modules: ['veth'],
        files: { 'ha.conf': configuration },
        environment: { DAEMON: `${process.execPath} ${join(rootFolder, 'dist/holdfastd.mjs')}` },
        timeoutMilliseconds: 120_000,
      });
      expect(stdout, `${stderr}\n${console}`).toContain('==');
      parts = Object.fromEntries(
        stdout
          .split('== ')
          .slice(1)
          .map((text) => {
            const [title = '', ...lines] = text.trim().split('\n');
            return [title, lines] as const;
          }),
      );
    }, 130_000);

    const checks = ['10.9.0.7', '10.9.0.8'].map((address) =>
      expect.stringMatching(
        `TCP_CHECK on service .* of VS \\[${address}\\]:tcp:80 cannot be made here: bind_if nowhere0 failed: ENODEV`,
      ),
    );

    test('says once that there is no IPVS, and what to do; VRRP goes on', () => {
      expect(parts['no module']).toEqual([
        expect.stringMatching(/^IPVS: .*no IPVS.*run `modprobe ip_vs`/),
        ...checks,
      ]);
    });

    test('has the module loaded; a scheduler that is missing concerns its service alone; connections are synchronised', () => {
      expect(parts['a module, but not that scheduler']).toEqual([
        expect.stringMatching(/^IPVS: .*10\.9\.0\.7:80: the kernel has no scheduler mh.*modprobe ip_vs_mh/),
        ...checks,
        expect.stringMatching(/^TCP {2}0A090008:0050 rr/),
        // Of the two looks that follow, the second comes after the stop.
        'ipvs-m',
      ]);
    });
  },
);
