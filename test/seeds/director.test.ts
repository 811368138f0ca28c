import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';
import { runInUml } from '../uml/uml.ts';
import { seed } from './seed.ts';

/**
 * The first tutorial's director on `ens192`, its two real servers with the address on `lo` and ARP quiet, and a client.
 * The table is read where everybody may: in /proc/net/ip_vs addresses are hexadecimal, A3 is 163 and 6F is 111.
 */
const story = `
cd "$SCRATCH"
services="$ROOT/.cache/services/root"
export LD_LIBRARY_PATH="$services/usr/lib/$(uname -m)-linux-gnu"
nginx=$services/usr/sbin/nginx
[ -x $nginx ] || nginx=/usr/sbin/nginx
mkdir -p /var/lib/nginx /var/log/nginx
for name in switch director real1 real2 client; do ip netns add $name; done
ip -n switch link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0
ip -n switch link set br0 up
cable() {
  ip -n switch link add p-$1 type veth peer name $2 netns $1
  ip -n switch link set p-$1 master br0 up
  ip -n $1 link set lo up
  ip -n $1 link set $2 up
  ip -n $1 address add $3 dev $2
}
cable director ens192 192.168.0.10/24
cable real1 eth0 192.168.0.163/24
cable real2 eth0 192.168.0.111/24
cable client eth0 192.168.0.50/24
serve() {
  ip netns exec $1 $nginx -c "$SCRATCH/$1.conf"
}
for name in real1 real2; do
  ip netns exec $name sh -c 'echo 1 > /proc/sys/net/ipv4/conf/all/arp_ignore; echo 2 > /proc/sys/net/ipv4/conf/all/arp_announce'
  ip -n $name address add 192.168.0.233/32 dev lo
  echo "pid $SCRATCH/$name.pid; events { } http { access_log off; server { listen 80; return 200 $name; } }" > $name.conf
  serve $name
done
ask() { ip netns exec client timeout 5 bash -c 'exec 3<> /dev/tcp/192.168.0.233/80; printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3; tail -n 1 <&3'; echo; }
answers() { { ask; ask; ask; ask; } | sort | uniq -c | tr -s ' \\n' ' '; echo; }
servers() { ip netns exec director awk '$1 == "->" && $3 == "Route" { print substr($2, 7, 2) }' /proc/net/ip_vs | sort | tr '\\n' ' '; }
within_table() {
  i=0
  until [ "$(servers)" = "$1" ]; do
    i=$((i + 1))
    [ $i -lt 120 ] || { echo "the table has: $(servers), not $1"; cat log; exit 1; }
    sleep 0.5
  done
}
ip netns exec director "$NODE" "$ROOT/dist/holdfastd.mjs" -n -l -D -f seed.conf > log 2>&1 & daemon=$!
within_table '6F A3 '
until ip -n director -o address | grep -q 192.168.0.233/24; do sleep 0.2; done
echo "both:$(answers)"
grep -o 'no vrrp_script check_local' log | head -1
kill $(cat real1.pid)
within_table '6F '
echo "one:$(answers)"
serve real1
within_table '6F A3 '
echo "both again:$(answers)"
kill $daemon
wait $daemon
echo "ended with $?, table: $(servers)"
`;

const needs = {
  root: true,
  tools: ['linux.uml', 'modprobe', 'bash', 'awk'],
  shared: true,
  services: ['nginx'],
};

describeWith(needs, 'the director of the first tutorial, as printed', () => {
  test('spreads connections over its real servers and follows them', async () => {
    const { status, stdout, stderr, console } = await runInUml({
      command: ['/bin/sh', '-c', 'exec /bin/sh $SCRATCH/story'],
      modules: ['ip_vs', 'ip_vs_rr', 'bridge', 'veth'],
      environment: { ROOT: rootFolder, NODE: process.execPath },
      files: { story, 'seed.conf': seed('001-master-lvs.conf') },
      timeoutMilliseconds: 200_000,
    });
    expect(status, `${stdout}\n${stderr}\n${console}`).toBe(0);
    expect(stdout.split('\n').map((line) => line.trim())).toEqual([
      'both: 2 real1 2 real2',
      'no vrrp_script check_local',
      'one: 4 real2',
      'both again: 2 real1 2 real2',
      'ended with 0, table:',
      '',
    ]);
  }, 210_000);
});
