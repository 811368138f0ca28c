import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';
import { runInUml } from '../uml/uml.ts';

/** Servers that say who they are. */
const webServer = `const name = process.argv[2];
require('node:http').createServer((_, answer) => answer.end(name + '\\n')).listen(80, '0.0.0.0');
`;

/** Asks the virtual address so often, over a new connection each time, and says who has answered. */
const client = `const { get } = require('node:http');
const ask = () => new Promise((resolve) => {
  const request = get({ host: '172.29.0.100', agent: false, timeout: 4000 }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => resolve(text.trim()));
  });
  request.on('timeout', () => request.destroy());
  request.on('error', () => resolve('nobody'));
});
(async () => {
  const heard = new Set();
  for (let n = 0; n < 6; n++) heard.add(await ask());
  console.log([...heard].sort().join(' '));
})();
`;

/** What docker/directors.yaml says, with a line for each name of its network. */
const hosts = `172.29.1.1 directors
172.29.1.2 directors
172.29.1.3 web
172.29.1.4 web
`;

/**
 * The project of docker/directors.yaml on a bridge: each container has namespaces of its own for network, mounts and
 * processes, an empty /run, the names of the project, and no more capabilities than compose gives it.
 */
const story = `
cd $SCRATCH
export HOLDFAST_VIPS=172.29.0.100 HOLDFAST_PEERS=directors HOLDFAST_POOL=web:80 HOLDFAST_POOL_METHOD=DR HOLDFAST_POOL_CHECK=/
until_true() {
  i=0
  while [ $i -lt 600 ]; do eval "$1" > /dev/null 2>&1 && return 0; sleep 0.1; i=$((i + 1)); done
  echo "NOT SEEN: $1"; tail -n 30 log.*; ip neigh; table 2; ip -n c2 address; exit 99
}
say() { echo "$1: $(eval "$2" 2>&1 | tr '\\n' ' ')"; }
in_net() { net=$1; shift; ip netns exec $net "$@"; }
ip link add br0 type bridge
ip addr add 172.29.0.1/16 dev br0; ip link set br0 up
for n in 1 2 3 4; do
  ip netns add c$n
  ip link add p$n type veth peer name eth0 netns c$n
  ip link set p$n master br0 up
  ip -n c$n addr add 172.29.1.$n/16 dev eth0
  ip -n c$n link set eth0 up; ip -n c$n link set lo up
done
web() { ip netns exec c$1 "$NODE" web.js web-$(($1 - 3)) & eval "WEB$1=$!"; }
director() {
  ip netns exec c$1 unshare --mount --pid --uts --fork --kill-child --mount-proc sh -ec "
    hostname director-$(($1 - 1)); mount -t tmpfs tmpfs /run; mount --bind $SCRATCH/hosts /etc/hosts
    exec setpriv --bounding-set=-all,+net_admin,+net_raw '$NODE' '$ENTRY' run -D" >> log.$1 2>&1 &
  eval "DIRECTOR$1=$!"
}
# A command beside the daemon, as docker exec runs it; -r, for the guest's root is no mount's root.
inside() { target=$(pgrep -P $1); shift; nsenter -t $target -n -m -p -r --wd=/ -- "$NODE" "$HOLDFAST" "$@"; }
table() { ip netns exec c$1 cat /proc/net/ip_vs | sed -n 's/^ *\\(TCP\\|->\\) *AC1D\\([0-9A-F]*:0050\\) *\\([A-Za-z]*\\).*/\\2 \\3/p' | sort; }
holds() { ip -n c$1 -o -4 address show dev eth0 | grep -q '172[.]29[.]0[.]100/'; }
for n in 3 4; do
  in_net c$n "$NODE" "$HOLDFAST" doctor --real-server 172.29.0.100 --apply > applied.$n 2>&1
  say "server $n" "in_net c$n ip -o -4 address show dev lo | grep -c 172.29.0.100/32; in_net c$n cat /proc/sys/net/ipv4/conf/all/arp_ignore"
  web $n
done

director 1; until_true 'grep -q MASTER log.1'
say 'without the module' 'grep -m 1 -o "modprobe ip_vs" log.1'
/sbin/modprobe -d /run/kernel -a ip_vs ip_vs_rr
until_true 'table 1 | grep -q 0104'; say 'with it' 'table 1'
director 2; until_true 'table 2 | grep -q 0104'
until_true 'holds 1'; sleep 2; say 'clients reach' '"$NODE" client.js'
say 'the backup knows the pool too, and has no address' 'table 2; holds 2 || echo none'
say 'the file' 'inside $DIRECTOR1 check /run/holdfast/keepalived.conf; echo $?'
say doctor 'inside $DIRECTOR1 doctor --listen 2 | sed -n "s/^[a-z]*: .*\\\\[\\\\([a-z-]*\\\\)\\\\]$/\\\\1/p" | sort'
kill $WEB4; until_true '! table 1 | grep -q 0104'; say 'one server less' '"$NODE" client.js'
web 4; until_true 'table 1 | grep -q 0104'; say 'both again' '"$NODE" client.js'
# A container's network goes with it: at once, where a namespace takes its time to go.
kill -9 $DIRECTOR1; ip link del p1; until_true 'holds 2'
until_true '[ "$("$NODE" client.js)" = "web-0 web-1" ]'; say 'the other director' '"$NODE" client.js'
`;

describeWith(
  { root: true, tools: ['linux.uml', 'modprobe', 'ip', 'nsenter', 'setpriv'] },
  "a container's pool in a real kernel",
  () => {
    test('two directors with nothing but variables serve two web servers', async () => {
      const { status, stdout, stderr, console } = await runInUml({
        command: ['/bin/sh', '-c', story],
        modules: ['veth', 'bridge'],
        files: { 'web.js': webServer, 'client.js': client, hosts },
        environment: {
          NODE: process.execPath,
          ENTRY: join(rootFolder, 'dist/holdfast-container.mjs'),
          HOLDFAST: join(rootFolder, 'dist/holdfast.mjs'),
        },
        memory: '1000M',
        timeoutMilliseconds: 220_000,
      });
      expect(status, `the guest ends well:\n${stdout}\n${stderr}\n${console}`).toBe(0);
      expect(
        stdout
          .trimEnd()
          .split('\n')
          .map((line) => line.trimEnd()),
      ).toEqual([
        'server 3: 1 1',
        'server 4: 1 1',
        'without the module: modprobe ip_vs',
        'with it: 0064:0050 rr 0103:0050 Route 0104:0050 Route',
        'clients reach: web-0 web-1',
        'the backup knows the pool too, and has no address: 0064:0050 rr 0103:0050 Route 0104:0050 Route none',
        'the file: /run/holdfast/keepalived.conf: no complaints; 1 instance(s), 1 virtual server(s) 0',
        'doctor:',
        'one server less: web-0',
        'both again: web-0 web-1',
        'the other director: web-0 web-1',
      ]);
    }, 240_000);
  },
);
