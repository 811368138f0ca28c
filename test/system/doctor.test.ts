import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { tell } from './support/sandbox.ts';

// `codes` says status and codes of all findings; `heal` runs the commands that the last report has named, and looks again.
const words = `
H="$NODE $ROOT/dist/holdfast.mjs doctor"
mkdir bin; cp -a /etc etc; rm -rf etc/nginx etc/haproxy etc/apache2 etc/httpd etc/sysconfig/keepalived; mount --bind etc /etc
mkdir -p /etc/default /etc/sysctl.d; echo 'DAEMON_ARGS="--log-console"' > /etc/default/keepalived
export PATH="$PWD/bin:$PATH"
fake() { printf '#!/bin/sh\\n%s\\n' "$2" > bin/$1; chmod +x bin/$1; }
fake timedatectl 'echo yes'
ip netns add peer; ip link set eth1 netns peer
ip -n peer link set lo up; ip -n peer addr add 10.9.0.2/24 dev eth1; ip -n peer link set eth1 up
codes() {
  $H -f ha.conf --listen \${LISTEN:-0} > out 2>&1; status=$?
  echo $status $(sed -n 's/^[a-z]*: .*\\[\\([a-z-]*\\)\\]$/\\1/p' out | sort)
}
heal() { eval "$(sed -n 's/^  run: //p' out)" > healed 2>&1; codes; }
`;

const backup = (lines = '', virtual = '10.9.0.5/24'): string =>
  `vrrp_instance V1 {
  interface eth0
  virtual_router_id 5
  priority 100
  virtual_ipaddress {
    ${virtual}
  }
${lines}}
`;
const pool = (algorithm: string, method: string): string =>
  `virtual_server 10.9.0.5 80 {
  lb_algo ${algorithm}
  lb_kind ${method}
  protocol TCP
  real_server 10.9.0.7 80 {
    TCP_CHECK {
    }
  }
}
`;

/** An instance of ours that waits. */
const ours = (name: string, id: number, lines = ''): string =>
  backup(`  ${lines}\n`, `10.9.0.${id}/24`).replace('V1', name).replace('router_id 5', `router_id ${id}`);

/** The other machine's, which is master at once. */
const owner = (name: string, id: number, virtual: string, lines = ''): string =>
  ours(name, id, lines)
    .replace(/10\.9\.0\.\d+\/24/, `${virtual}/24`)
    .replace('priority 100', 'priority 255')
    .replace('eth0', 'eth1');

/** An instance of IPv6; one of priority 255 is the other machine's. */
const six = (virtual: string, priority = 100): string =>
  `vrrp_instance V6 {
  interface eth0
  version 3
  virtual_router_id 6
  priority ${priority}
  virtual_ipaddress {
    fe80::6/64
    ${virtual}/64
  }
}
`;

/** @returns what was said under each name */
async function told(
  story: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { output } = await tell(`${words}\n${story}`, { 'ha.conf': backup(), ...files });
  const parts = output.split(/^== /m).slice(1);
  return Object.fromEntries(
    parts.map((part) => {
      const [name = '', ...lines] = part.trim().split('\n');
      return [name, lines];
    }),
  );
}

describeWith(
  { root: true, tools: ['unshare', 'ip', 'nft', 'setpriv', 'keepalived'] },
  'holdfast doctor',
  () => {
    test('finds nothing on a clean machine, and what is wrong with its settings', async () => {
      const said = await told(
        `
say clean; LISTEN=0.5; codes; LISTEN=0
say user; chmod 755 .; setpriv --reuid=65534 --regid=65534 --clear-groups $H -f ha.conf --listen 0 | grep -o 'not-root'
say rights; setpriv --bounding-set=-net_raw $H -f ha.conf --listen 1 | grep -o -e 'capability-missing' -e 'cap-add.*'
say interface; sed -i s/eth0/ens33/ ha.conf; codes; heal
say outside; cp outside.conf ha.conf; codes
say network; sed 's/10[.]9[.]0[.]5/10.8.0.5/' good.conf > ha.conf; codes
say mistake; cp mistake.conf ha.conf; codes
say script; cp script.conf ha.conf; chmod -x chk.sh; sed -i "s#DIR#$PWD#" ha.conf; codes; heal
say syntax; cp broken.sh chk.sh; codes
say absent; rm chk.sh; codes
cp good.conf ha.conf
say clock; touch -d '+2 days' ha.conf; codes; touch ha.conf; codes
say free; fake timedatectl 'echo no'; codes; fake timedatectl 'echo yes'
say log; rm /etc/default/keepalived; codes; heal
say 'P27 forwarding'; cp nat.conf ha.conf; fake modprobe 'exit 1'; echo 0 > /proc/sys/net/ipv4/ip_forward; codes | grep -o forwarding-off; heal | grep -c forwarding-off
`,
        {
          'good.conf': backup(),
          'outside.conf': backup('', '10.8.0.5'),
          'mistake.conf': backup('  foo 1\n'),
          'script.conf': `vrrp_script chk {\n  script "DIR/chk.sh"\n}\n${backup('  track_script {\n    chk\n  }\n')}`,
          'chk.sh': '#!/bin/sh\nexit 0\n',
          'broken.sh': '#!/bin/sh\nif true\nfi\n',
          'nat.conf': backup() + pool('rr', 'NAT'),
        },
      );
      expect(said).toEqual({
        clean: ['0'],
        user: ['not-root'],
        rights: ['capability-missing', 'cap-add NET_RAW IMAGE'],
        interface: ['2 interface-missing', '0'],
        outside: ['1 address-outside-networks'],
        network: ['0 address-brings-network'],
        mistake: ['2 configuration-errors'],
        script: ['2 script-not-run', '0'],
        syntax: ['2 script-syntax'],
        absent: ['2 script-not-run'],
        clock: ['1 clock-behind', '0'],
        free: ['0 clock-free-running'],
        log: ['1 no-log-destination', '0'],
        'P27 forwarding': ['forwarding-off', '0'],
      });
    });

    test('finds what keeps adverts, packets and services away, and what was left behind', async () => {
      const hasIpvs = existsSync('/proc/net/ip_vs');
      const said = await told(
        `
drop() { nft add rule inet f "$@"; }
say nft; nft add table inet f; nft add chain inet f in '{ type filter hook input priority 0; }'
drop in iifname eth0 ip protocol vrrp counter drop; codes; heal
say set; nft add set inet f groups '{ type ipv4_addr; flags interval; elements = { 224.0.0.0/24 }; }'; drop in ip daddr @groups drop; codes; heal
say policy; nft add chain inet f in '{ policy drop; }'; drop in ct state established,related accept; codes; heal
say out; nft flush ruleset; nft add table ip g; nft add chain ip g o '{ type filter hook output priority 0; }'
nft add rule ip g o ip daddr 224.0.0.18 reject; codes; heal
say harmless; nft add rule ip g o tcp dport 80 drop; nft add rule ip g o oifname wan0 drop; codes
fake iptables-save 'printf "*filter\\n:INPUT ACCEPT [0:0]\\n-A INPUT -p vrrp -j DROP\\nCOMMIT\\n"'
fake iptables 'rm "$(dirname "$0")"/iptables-save'
say iptables; codes; heal
say reverse; ip link add eth2 type veth peer name eth3; ip addr add 10.9.0.3/24 dev eth2; ip link set eth2 up
echo 1 > /proc/sys/net/ipv4/conf/all/rp_filter; codes; heal
ip link del eth2; echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
say 'P26 running'; ip addr add 10.9.0.5/24 dev eth0
"$NODE" -e 'require("net").createServer().listen(8081, "10.9.0.5")' & WEB=$!; until_true 'ss -ltn | grep -q :8081'
ip addr del 10.9.0.5/24 dev eth0; codes; grep -o 'node (pid [0-9]*) listens at tcp 10.9.0.5:8081' out | sed 's/pid [0-9]*/pid N/'; heal; kill $WEB
say 'P26 waiting'; echo 0 > /proc/sys/net/ipv4/ip_nonlocal_bind; mkdir -p /etc/nginx/conf.d
echo 'server { listen 80; listen 10.9.0.5:443 ssl; }' | tr '{;' '\\n\\n' > /etc/nginx/conf.d/web.conf; codes; grep -o '/etc/nginx[^,]*:443' out; heal; rm -r /etc/nginx
say keepalived; cp "$(command -v sleep)" keepalived; ./keepalived 1000 & sleep 0.1; codes; heal
say neighbour; ip netns exec peer ./keepalived 1000 & codes
say 'P15 killed'; cp quick.conf ha.conf; start; until_true vip; codes; kill -STOP $CORE; kill -9 $WORKER $CORE; until_true '! kill -0 $WORKER'; codes; heal
say modules; cp pool.conf ha.conf; fake modprobe 'exit 1'; codes; fake modprobe 'exit 0'; codes
`,
        {
          'quick.conf': backup('  version 3\n  advert_int 0.1\n'),
          'pool.conf': backup() + pool('nonsuch', 'DR').replace('nonsuch', 'mh'),
        },
      );
      expect(said).toEqual({
        nft: ['2 firewall-drops-adverts', '0'],
        set: ['2 firewall-drops-adverts', '0'],
        policy: ['2 firewall-drops-adverts', '0'],
        out: ['2 firewall-drops-adverts', '0'],
        harmless: ['0'],
        iptables: ['2 firewall-drops-adverts', '0'],
        reverse: ['1 strict-reverse-path', '0'],
        'P26 running': ['1 nonlocal-bind-off', 'node (pid N) listens at tcp 10.9.0.5:8081', '0'],
        'P26 waiting': ['1 nonlocal-bind-off', '/etc/nginx/conf.d/web.conf:3 binds 10.9.0.5:443', '0'],
        keepalived: ['1 keepalived-runs', '0'],
        neighbour: ['0'],
        'P15 killed': ['0', '2 address-left-over', '0'],
        modules: hasIpvs ? [expect.any(String), '0'] : ['2 ip-vs-missing', '1 ip-vs-not-loaded'],
      });
    });

    test('hears other routers, and asks the LAN for addresses', async () => {
      const said = await told(
        `
peer() { ip netns exec peer "$D" -n -l -D -G -f "$PWD/$1" -p "$PWD/p.pid" -r "$PWD/q.pid" > peer.log 2>&1 & until_true 'grep -q "MASTER STATE" peer.log'; }
LISTEN=1.8
say brother; peer brother.conf; codes; kill -9 $(cat p.pid) $(cat q.pid); ip -n peer addr flush dev eth1; ip -n peer addr add 10.9.0.2/24 dev eth1
peer strangers.conf
say strangers; cp ours.conf ha.conf; LISTEN=3; codes; LISTEN=1.8; grep -o -e 'of V[0-9] belongs' -e 'as V[0-9] has' -e 'V[0-9] version 3' -e 'V[0-9] has 1' out | sort
say renumbered; eval "$(sed -n '/virtual_router_id/s/^  run: //p' out)"; grep -c 'virtual_router_id 10' ha.conf
echo 1 > /proc/sys/net/ipv4/conf/eth0/rp_filter
say foreign; cp foreign.conf ha.conf; codes
kill -9 $(cat p.pid) $(cat q.pid)
LISTEN=0.5; cp good.conf ha.conf
say taken; ip -n peer addr add 10.9.0.5/24 dev eth1; codes
say duplicate; start; until_true vip; codes
say mended; ip netns exec peer sh -c "$(sed -n 's/^  run: //p' out | sed s/eth0/eth1/)"; codes
kill $CORE; wait $CORE
`,
        {
          'good.conf': backup('  version 3\n  advert_int 0.1\n'),
          'brother.conf': owner('V1', 5, '10.9.0.5'),
          'strangers.conf': [
            owner('V5', 5, '10.9.0.77'),
            owner('V6', 6, '10.9.0.6', 'authentication {\n    auth_type PASS\n    auth_pass other\n  }'),
            owner('V7', 7, '10.9.0.7'),
            owner('V8', 8, '10.9.0.8', 'advert_int 2'),
            owner('V9', 9, '10.9.0.9', 'mcast_src_ip 172.16.0.2'),
            'static_ipaddress {\n  172.16.0.2/24 dev eth1\n}\n',
          ].join(''),
          'ours.conf': [
            ours('V5', 5),
            ours('V6', 6, 'authentication {\n    auth_type PASS\n    auth_pass mine\n  }'),
            ours('V7', 7, 'version 3'),
            ours('V8', 8),
          ].join(''),
          'foreign.conf': ours('V9', 9),
        },
      );
      expect(said).toEqual({
        brother: ['0'],
        strangers: [
          '2 other-interval other-password other-version virtual-router-id-taken',
          ...['V7 version 3', 'V8 has 1', 'as V6 has', 'of V5 belongs'],
        ],
        renumbered: ['1'],
        foreign: ['1 strict-reverse-path'],
        taken: ['2 address-taken'],
        duplicate: ['2 duplicate-address'],
        mended: ['0'],
      });
    });

    test('hears routers of IPv6, and asks for its addresses', async () => {
      const said = await told(
        `
for n in all default eth0; do echo 0 > /proc/sys/net/ipv6/conf/$n/accept_dad; done
ip netns exec peer sh -c 'for n in all default eth1; do echo 0 > /proc/sys/net/ipv6/conf/$n/accept_dad; done'
for s in 'link set eth0 down' 'link set eth0 up' '-n peer link set eth1 down' '-n peer link set eth1 up'; do ip $s; done
until_true 'ip -o -6 addr show dev eth0 | grep -q fe80'; until_true 'ip -n peer -o -6 addr show dev eth1 | grep -q fe80'
peer() { ip netns exec peer keepalived -n -l -D -G -f "$PWD/$1" -p "$PWD/p.pid" -r "$PWD/q.pid" > peer.log 2>&1 & until_true 'grep -q "MASTER STATE" peer.log'; }
peer_gone() { kill -9 $(cat p.pid) $(cat q.pid); until_true '! kill -0 $(cat p.pid) && ! kill -0 $(cat q.pid)'; rm -f p.pid q.pid; }
LISTEN=2
say alone; codes
say taken; ip -n peer addr add fd00::6/64 dev eth1; codes
say mended; ip netns exec peer sh -c "$(sed -n 's/^  run: //p' out | sed s/eth0/eth1/)"; codes
say excluded; cp excluded.conf ha.conf; ip -n peer addr add fd00::7/64 dev eth1; codes; ip -n peer addr del fd00::7/64 dev eth1
say stranger; cp ours.conf ha.conf; peer stranger.conf; codes; grep -o 'fe80:.* advertises fe80::77, fd00::77' out | sed 's/fe80:[^ ]* (.*)/HE/'
say renumbered; eval "$(sed -n 's/^  run: //p' out)"; codes
peer_gone
say brother; ip -n peer addr flush dev eth1; ip -n peer link set eth1 down; ip -n peer link set eth1 up; sed s/eth0/eth1/ brother.conf > b.conf
until_true 'ip -n peer -o -6 addr show dev eth1 | grep -q fe80'; cp ours.conf ha.conf; peer b.conf; codes; peer_gone
`,
        {
          'ha.conf': six('fd00::6'),
          'ours.conf': six('fd00::6'),
          'brother.conf': six('fd00::6', 255),
          'excluded.conf': backup('  virtual_ipaddress_excluded {\n    fd00::7/64\n  }\n'),
          'stranger.conf': six('fd00::77', 255).replace('fe80::6', 'fe80::77').replace('eth0', 'eth1'),
        },
      );
      expect(said).toEqual({
        alone: ['0'],
        taken: ['2 address-taken'],
        mended: ['0'],
        excluded: ['2 address-taken'],
        stranger: ['2 virtual-router-id-taken', 'HE on eth0 advertises fe80::77, fd00::77'],
        renumbered: ['0'],
        brother: ['0'],
      });
    });

    test('prepares a real server, and says how to undo it', async () => {
      const said = await told(`
real() { $H --real-server 10.9.0.5 "$@" > out 2>&1; status=$?; echo $status $(sed -n 's/^[a-z]*: .*\\[\\([a-z-]*\\)\\]$/\\1/p' out | sort); }
arp() { ip -n peer neigh flush dev eth1; ip netns exec peer "$NODE" -e 'const s = require("dgram").createSocket("udp4"); s.send("x", 9, "10.9.0.5", () => setTimeout(() => process.exit(), 300))'; ip -n peer neigh show 10.9.0.5 | grep -c -e REACHABLE -e STALE -e DELAY; }
say 'P28 bare'; real
say 'P28 applied'; real --apply; grep -c '^to undo' out; ip -o addr show dev lo | grep -c '10.9.0.5/32'; cat /proc/sys/net/ipv4/conf/all/arp_ignore /proc/sys/net/ipv4/conf/all/arp_announce
say silent; arp
say undone; eval "$(sed -n 's/^to undo: //p' out)" > /dev/null; real; ip addr add 10.9.0.5/32 dev lo; arp
say lan; ip addr del 10.9.0.5/32 dev lo; ip addr add 10.9.0.5/24 dev eth0; real --apply | tail -n 1; grep -c '^done' out; ip -o addr | grep -c '10[.]9[.]0[.]5/'
say wide; ip addr del 10.9.0.5/32 dev lo; ip addr add 10.9.0.5/24 dev lo; real; real --apply
say 'P29 loopback'; "$NODE" -e 'require("net").createServer().listen(8082, "127.0.0.1")' & until_true 'ss -ltn | grep -q :8082'; real; real --port 8082; grep -o 'tcp 127.0.0.1:8082 only' out
say nobody; real --port 8083
say json; $H --real-server 10.9.0.5 --port 8083 --json | "$NODE" -e 'let t = ""; process.stdin.on("data", (d) => t += d).on("end", () => { const r = JSON.parse(t); console.log(r.format, r.status, r.findings[0].code, r.findings[0].command, r.done.length); })'
say powerless; ip addr del 10.9.0.5/32 dev lo; setpriv --bounding-set=-net_admin --inh-caps=-net_admin $H --real-server 10.9.0.5 --apply 2>&1 | grep -o 'ip address add .*: E[A-Z]*'
say misused; $H --apply; echo $?; $H --real-server 10.9.0.5/24 2>&1 | grep -o 'without prefix length'
`);
      expect(said).toEqual({
        'P28 bare': ['2 arp-announce arp-ignore virtual-address-missing'],
        'P28 applied': ['0', '3', '1', '1', '2'],
        silent: ['0'],
        undone: ['2 arp-announce arp-ignore virtual-address-missing', '1'],
        lan: ['0', '4', '1'],
        wide: ['2 virtual-address-wide', '0'],
        'P29 loopback': ['1 loopback-listener', '2 loopback-listener', 'tcp 127.0.0.1:8082 only'],
        nobody: ['2 no-listener'],
        json: ["1 2 no-listener ss -lnp 'sport = :8083' 0"],
        powerless: ['ip address add 10.9.0.5/32 dev lo: EPERM'],
        misused: [
          'holdfast: --apply and --port belong to --real-server; name its virtual address',
          '2',
          'without prefix length',
        ],
      });
    });
  },
);
