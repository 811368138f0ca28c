import { address } from '@holdfast/kit';
import type { AdvertV2 } from '@holdfast/wire';
import { expect, test } from 'vitest';
import { checks } from '../../src/doctor/checks/index.ts';
import type { Facts, HeardAdvert } from '../../src/doctor/facts.ts';
import { statusOf } from '../../src/doctor/report.ts';
import { shellWord } from '../../src/doctor/shell-word.ts';
import { instance, link, machine, on } from './machine.ts';

const findings = (facts: Facts) => checks.flatMap(({ judge }) => judge(facts));
const told = (facts: Facts): readonly string[] =>
  findings(facts).map(({ severity, code, command }) => `${severity} ${code}: ${command}`);

const pool = (method: string, algorithm = 'rr'): string =>
  `${instance()}virtual_server 10.9.0.5 80 {\n  lb_algo ${algorithm}\n  lb_kind ${method}\n  protocol TCP\n  real_server 10.9.0.7 80 {\n    TCP_CHECK {\n    }\n  }\n}\n`;
const withPassword = instance('  authentication {\n    auth_type PASS\n    auth_pass secret\n  }\n');
const password = (text: string): Uint8Array => Uint8Array.from(Buffer.alloc(8).fill(text, 0, text.length));

const advert: AdvertV2 = {
  version: 2,
  virtualRouterId: 5,
  priority: 90,
  authType: 0,
  authData: new Uint8Array(8),
  advertSeconds: 1,
  addresses: [address('10.9.0.5')],
};
const heard = (changes: Partial<AdvertV2> = {}, more: Partial<HeardAdvert> = {}): readonly HeardAdvert[] => [
  {
    interface: 'eth0',
    source: address('10.9.0.2'),
    mac: '02:00:00:00:00:99',
    advert: { ...advert, ...changes },
    ...more,
  },
];
const six = (changes: Partial<Facts>): Facts =>
  machine(instance('', 'fd00::5/64'), { addresses: [on(2, 'fd00::1/64')], ...changes });
const heardSix = (first: string): readonly HeardAdvert[] => [
  {
    interface: 'eth0',
    source: address('fe80::2'),
    mac: '02:00:00:00:00:99',
    advert: {
      version: 3,
      virtualRouterId: 5,
      priority: 90,
      advertCentiseconds: 100,
      addresses: [address(first)],
    },
  },
];
const claimSix = (...macs: readonly string[]) => [{ interface: 'eth0', address: address('fd00::5'), macs }];
const listener = { protocol: 'tcp', port: 80, program: 'nginx (pid 812)' } as const;
const claim = (...macs: readonly string[]) => [{ interface: 'eth0', address: address('10.9.0.5'), macs }];
const withVip = [on(2, '10.9.0.1/24'), on(2, '10.9.0.5/24')];
const sysctl = (name: string, value: number) => new Map([[name, value]]);

test('a machine without a fault has no finding', () => {
  expect(findings(machine())).toEqual([]);
  expect(findings(machine(pool('DR')))).toEqual([]);
  expect(
    findings(machine(withPassword, { heard: heard({ authType: 1, authData: password('secret') }) })),
  ).toEqual([]);
});

test.each<readonly [string, Facts, readonly string[]]>([
  [
    'an ordinary user',
    machine(instance(), { isRoot: false, missingCapabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW'] }),
    ['error not-root: sudo holdfast doctor'],
  ],
  [
    'a container without rights',
    machine(instance(), { missingCapabilities: ['CAP_NET_RAW'] }),
    ['error capability-missing: docker run --network host --cap-add NET_RAW IMAGE'],
  ],
  [
    'an interface that is not there',
    machine(instance().replace('eth0', 'ens33')),
    ["error interface-missing: sed -i '2s/ens33/eth0/' /k.conf"],
  ],
  [
    'an address outside of the networks',
    machine(instance('', '10.8.0.5')),
    ['warning address-outside-networks: ip -brief address'],
  ],
  [
    'an address with a network of its own',
    machine(instance('', '10.8.0.5/24')),
    ['note address-brings-network: ip -brief address show dev eth0'],
  ],
  [
    'the same while it is held',
    machine(instance('', '10.8.0.5/24'), {
      addresses: [on(2, '10.9.0.1/24'), on(2, '10.8.0.5/24')],
      daemons: [{ pid: 9, kind: 'holdfast' }],
    }),
    ['note address-brings-network: ip -brief address show dev eth0'],
  ],
  ['an address on an interface without others', machine(instance('', '10.8.0.5/24'), { addresses: [] }), []],
  [
    'another mistake in the file',
    machine(instance('  foo 1\n')),
    ['error configuration-errors: holdfast check /k.conf'],
  ],
  [
    'another daemon',
    machine(instance(), {
      daemons: [
        { pid: 32, kind: 'keepalived' },
        { pid: 31, kind: 'keepalived' },
        { pid: 9, kind: 'holdfast' },
      ],
    }),
    ['error keepalived-runs: kill 31'],
  ],
  [
    'only keepalived',
    machine(instance(), { daemons: [{ pid: 31, kind: 'keepalived' }] }),
    ['warning keepalived-runs: kill 31'],
  ],
  [
    'an address that a killed daemon left',
    machine(instance(), { addresses: withVip }),
    ['error address-left-over: ip address delete 10.9.0.5/24 dev eth0'],
  ],
  [
    'a virtual address that is all that the interface has',
    machine(instance(), { addresses: withVip.filter(({ address }) => address !== '10.9.0.1') }),
    ['error address-is-own: ip -brief address show dev eth0'],
  ],
  [
    'the address of a running daemon',
    machine(instance(), { addresses: withVip, daemons: [{ pid: 9, kind: 'holdfast' }] }),
    [],
  ],
  ['the address of its owner', machine(instance().replace('100', '255'), { addresses: withVip }), []],
  [
    'no ip_vs loaded',
    machine(pool('DR'), { ipvs: { isLoaded: false, isLoadable: true, missingSchedulers: [] } }),
    ['warning ip-vs-not-loaded: modprobe ip_vs && echo ip_vs > /etc/modules-load.d/holdfast.conf'],
  ],
  [
    'no ip_vs at all',
    machine(pool('DR'), { ipvs: { isLoaded: false, isLoadable: false, missingSchedulers: ['rr'] } }),
    ['error ip-vs-missing: modprobe ip_vs'],
  ],
  [
    'no scheduler',
    machine(pool('DR', 'mh'), { ipvs: { isLoaded: true, isLoadable: true, missingSchedulers: ['mh'] } }),
    ['error scheduler-missing: modprobe ip_vs_mh'],
  ],
  [
    'NAT without forwarding',
    machine(pool('NAT')),
    [
      "error forwarding-off: sysctl -w net.ipv4.ip_forward=1 && echo 'net.ipv4.ip_forward=1' >> /etc/sysctl.d/90-holdfast.conf",
    ],
  ],
  [
    'a service on the virtual address',
    machine(instance(), { listeners: [{ ...listener, address: address('10.9.0.5') }] }),
    [
      "warning nonlocal-bind-off: sysctl -w net.ipv4.ip_nonlocal_bind=1 && echo 'net.ipv4.ip_nonlocal_bind=1' >> /etc/sysctl.d/90-holdfast.conf",
    ],
  ],
  [
    'a service that has not started on the virtual address',
    machine(instance(), {
      boundInFiles: [{ place: '/etc/nginx/nginx.conf:12', address: address('10.9.0.5'), port: 80 }],
    }),
    [
      "warning nonlocal-bind-off: sysctl -w net.ipv4.ip_nonlocal_bind=1 && echo 'net.ipv4.ip_nonlocal_bind=1' >> /etc/sysctl.d/90-holdfast.conf",
    ],
  ],
  [
    'a service on all addresses',
    machine(instance(), { listeners: [{ ...listener, address: address('0.0.0.0') }] }),
    [],
  ],
  [
    'two interfaces in one network and a strict filter',
    machine(instance(), {
      links: [link('eth0', 2), link('eth1', 3)],
      addresses: [on(2, '10.9.0.1/24'), on(3, '10.9.0.3/24')],
      sysctls: sysctl('net.ipv4.conf.all.rp_filter', 1),
    }),
    [
      "warning strict-reverse-path: sysctl -w net.ipv4.conf.eth0.rp_filter=2 && echo 'net.ipv4.conf.eth0.rp_filter=2' >> /etc/sysctl.d/90-holdfast.conf",
    ],
  ],
  [
    'the same and a loose filter on the interface',
    machine(instance(), {
      links: [link('eth0', 2), link('eth1', 3)],
      addresses: [on(2, '10.9.0.1/24'), on(3, '10.9.0.3/24')],
      sysctls: new Map([
        ['net.ipv4.conf.all.rp_filter', 1],
        ['net.ipv4.conf.eth0.rp_filter', 2],
      ]),
    }),
    [],
  ],
  [
    'a router of another network and a strict filter',
    machine(instance(), {
      heard: heard({}, { source: address('172.16.0.2') }),
      sysctls: sysctl('net.ipv4.conf.eth0.rp_filter', 1),
    }),
    [
      "warning strict-reverse-path: sysctl -w net.ipv4.conf.eth0.rp_filter=2 && echo 'net.ipv4.conf.eth0.rp_filter=2' >> /etc/sysctl.d/90-holdfast.conf",
    ],
  ],
  [
    'a stranger with our virtual_router_id',
    machine(instance(), {
      heard: [...heard({ addresses: [address('10.9.0.77')] }), ...heard({ virtualRouterId: 6 })],
    }),
    ["error virtual-router-id-taken: sed -i -E 's/(virtual_router_id[[:space:]]+)5\\b/\\17/' /k.conf"],
  ],
  [
    'a stranger on another interface',
    machine(instance(), { heard: heard({ addresses: [address('10.9.0.77')] }, { interface: 'eth7' }) }),
    [],
  ],
  [
    'another password',
    machine(withPassword, { heard: heard({ authType: 1, authData: password('other') }) }),
    ['error other-password: grep -n -A 3 authentication /k.conf'],
  ],
  [
    'a password where we have none',
    machine(instance(), { heard: heard({ authType: 1, authData: password('other') }) }),
    ['error other-password: grep -n -A 3 authentication /k.conf'],
  ],
  [
    'no password where we have one',
    machine(withPassword, { heard: heard() }),
    ['error other-password: grep -n -A 3 authentication /k.conf'],
  ],
  [
    'another version',
    machine(instance('  version 3\n'), { heard: heard() }),
    ["error other-version: grep -n -e vrrp_version -e '^ *version' /k.conf"],
  ],
  [
    'another interval',
    machine(instance(), { heard: heard({ advertSeconds: 3 }) }),
    ["error other-interval: sed -i -E 's/(advert_int[[:space:]]+)1\\b/\\13/' /k.conf"],
  ],
  [
    'an address that somebody has who is no router',
    machine(instance(), { claims: claim('02:00:00:00:00:77') }),
    ['error address-taken: ip address delete 10.9.0.5/24 dev eth0'],
  ],
  [
    'an address that its master has',
    machine(instance(), { heard: heard(), claims: claim('02:00:00:00:00:99') }),
    [],
  ],
  [
    'an address at the virtual hardware address',
    machine(instance(), { heard: heard(), claims: claim('00:00:5e:00:01:05') }),
    [],
  ],
  [
    'an address whose router speaks seldom',
    machine(instance().replace('advert_int 1', 'advert_int 3'), { claims: claim('02:00:00:00:00:77') }),
    [],
  ],
  [
    'an address while nobody has listened',
    machine(instance(), { heard: undefined, claims: claim('02:00:00:00:00:77') }),
    [],
  ],
  [
    'an address that two others have',
    machine(instance(), { heard: heard(), claims: claim('02:00:00:00:00:99', '02:00:00:00:00:77') }),
    ['error duplicate-address: ip address delete 10.9.0.5/24 dev eth0'],
  ],
  [
    'an address that we and somebody else have',
    machine(instance(), {
      addresses: withVip,
      daemons: [{ pid: 9, kind: 'holdfast' }],
      claims: claim('02:00:00:00:00:77'),
    }),
    ['error duplicate-address: ip address delete 10.9.0.5/24 dev eth0'],
  ],
  [
    'an address that we have on two interfaces',
    machine(instance(), { claims: claim('02:00:00:00:00:02') }),
    [],
  ],
  [
    'a stranger with our virtual_router_id in IPv6',
    six({ heard: heardSix('fd00::77') }),
    ["error virtual-router-id-taken: sed -i -E 's/(virtual_router_id[[:space:]]+)5\\b/\\16/' /k.conf"],
  ],
  [
    'a router of ours in IPv6',
    six({ heard: heardSix('fd00::5'), claims: claimSix('02:00:00:00:00:99') }),
    [],
  ],
  [
    'a virtual hardware address of IPv6',
    six({ heard: heardSix('fd00::5'), claims: claimSix('00:00:5e:00:02:05') }),
    [],
  ],
  [
    'a virtual router of IPv6 with the id of one of ours in IPv4',
    machine(instance(), { heard: heardSix('fd00::77') }),
    [],
  ],
  [
    'an address of IPv6 that somebody has who is no router',
    six({ heard: heard(), claims: claimSix('02:00:00:00:00:99') }),
    ['error address-taken: ip address delete fd00::5/64 dev eth0'],
  ],
  [
    'an address of IPv6 that two others have',
    six({ heard: heardSix('fd00::5'), claims: claimSix('02:00:00:00:00:99', '02:00:00:00:00:77') }),
    ['error duplicate-address: ip address delete fd00::5/64 dev eth0'],
  ],
  [
    'a router of IPv6 and a strict filter, which is for IPv4',
    machine(instance(), { heard: heardSix('fd00::5'), sysctls: sysctl('net.ipv4.conf.eth0.rp_filter', 1) }),
    [],
  ],
  [
    'a clock that is behind',
    machine(instance(), { clock: { now: -100_000, isSynchronised: true } }),
    ['warning clock-behind: timedatectl set-ntp true'],
  ],
  [
    'a clock that nobody sets',
    machine(instance(), { clock: { now: 2000, isSynchronised: false } }),
    ['note clock-free-running: timedatectl set-ntp true'],
  ],
  [
    'a log that nobody reads',
    machine(instance(), { log: { hasSyslog: false, toConsole: false } }),
    [`warning no-log-destination: echo 'DAEMON_ARGS="--log-console"' >> /etc/default/keepalived`],
  ],
  ['a log on the console', machine(instance(), { log: { hasSyslog: false, toConsole: true } }), []],
])('%s is found with the command that mends it', (_, facts, expected) => {
  expect(told(facts)).toEqual(expected);
});

test.each([
  ['there is no file /opt/chk.sh', 'ls -l /opt/chk.sh'],
  ['/opt/chk.sh is not executable by user www; chmod +x /opt/chk.sh', 'chmod +x /opt/chk.sh'],
  ['user www may not enter /opt, where /opt/chk.sh lies', 'chmod o+x /opt'],
  ['there is no user www; make it, or', 'useradd --system --no-create-home --shell /usr/sbin/nologin www'],
  ['there is no group web; make it, or', 'groupadd --system web'],
  ['it runs as root, but /opt/chk.sh can be written by everybody; chmod o-w it', 'chmod o-w /opt/chk.sh'],
  ['it runs as root, but /opt belongs to user 1000; chown root it', 'chown root /opt'],
  ['relative/chk.sh is not an absolute path', 'holdfast check /k.conf'],
])('a script that is left out, for %s, is mended by %s', (why, command) => {
  const facts = machine();
  const scripts = { disabled: [{ what: 'vrrp_script chk', why }], tolerated: [] };
  expect(findings({ ...facts, configuration: { ...facts.configuration, scripts } })).toMatchObject([
    { code: 'script-not-run', severity: 'error', command },
  ]);
});

test('a script that others may change is a warning', () => {
  const facts = machine();
  const why = 'it runs as root, but /opt/chk.sh can be written by everybody; chmod o-w it';
  const scripts = { disabled: [], tolerated: [{ what: 'vrrp_script chk', why }] };
  expect(told({ ...facts, configuration: { ...facts.configuration, scripts } })).toEqual([
    'warning script-insecure: chmod o-w /opt/chk.sh',
  ]);
});

test.each([
  [[], 0],
  [['note'], 0],
  [['note', 'warning'], 1],
  [['warning', 'error'], 2],
] as const)('findings of severity %j have status %i', (severities, status) => {
  expect(statusOf(severities.map((severity) => ({ severity, code: 'c', message: 'm', command: 'x' })))).toBe(
    status,
  );
});

test.each([
  ['/etc/keepalived/keepalived.conf', '/etc/keepalived/keepalived.conf'],
  ['/etc/my files/a.conf', "'/etc/my files/a.conf'"],
  ["/it's; reboot", "'/it'\\''s; reboot'"],
  ['$(reboot)', "'$(reboot)'"],
])('the file %s stands in a command as %s', (path, word) => {
  expect(shellWord(path)).toBe(word);
});
