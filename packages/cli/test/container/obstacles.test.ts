import { address } from '@holdfast/kit';
import { expect, test } from 'vitest';
import type { Facts } from '../../src/container/facts.ts';
import { container, nic, outcome } from './world.ts';

type Variables = Readonly<Record<string, string>>;

const vips = { HOLDFAST_VIPS: '172.28.0.100' };
const web = new Map([['web', [address('172.28.0.11'), address('172.28.0.12')]]]);

test.each<readonly [Variables, string]>([
  [
    {},
    'HOLDFAST_VIPS is not set, and there is no configuration file: set it to the virtual addresses, or mount a file at /etc/keepalived/keepalived.conf',
  ],
  [
    { ...vips, HOLDFAST_VIP: '172.28.0.101' },
    'HOLDFAST_VIP and HOLDFAST_VIPS are both set: put all addresses into HOLDFAST_VIPS',
  ],
  [
    { HOLDFAST_VIPS: '172.28.0.300' },
    'HOLDFAST_VIPS: 172.28.0.300 is no virtual address: write ADDRESS or ADDRESS/PREFIX',
  ],
  [
    { HOLDFAST_VIPS: '172.28.0.100/33' },
    'HOLDFAST_VIPS: 172.28.0.100/33 is no virtual address: write ADDRESS or ADDRESS/PREFIX',
  ],
  [
    { HOLDFAST_VIPS: '224.0.0.18' },
    'HOLDFAST_VIPS: 224.0.0.18 is no virtual address: write ADDRESS or ADDRESS/PREFIX',
  ],
  [
    { ...vips, HOLDFAST_PRIORTY: '7' },
    'HOLDFAST_PRIORTY is no variable of this container: write HOLDFAST_PRIORITY',
  ],
  [
    { ...vips, HOLDFAST_COLOUR: 'red' },
    'HOLDFAST_COLOUR is no variable of this container: remove it; docker/README.md lists those that are',
  ],
  [{ ...vips, HOLDFAST_VRID: '256' }, 'HOLDFAST_VRID=256 is no whole number from 1 to 255: write one'],
  [{ ...vips, HOLDFAST_VRID: '0x7' }, 'HOLDFAST_VRID=0x7 is no whole number from 1 to 255: write one'],
  [{ ...vips, HOLDFAST_PREEMPT: 'maybe' }, 'HOLDFAST_PREEMPT=maybe is not understood: write yes or no'],
  [
    { ...vips, HOLDFAST_PRIORITY: '255', HOLDFAST_PREEMPT: 'no' },
    'HOLDFAST_PRIORITY=255 always takes over: write 254, or remove HOLDFAST_PREEMPT=no',
  ],
  [
    { ...vips, HOLDFAST_PRIORITY: '120', HOLDFAST_ORDINAL: '1' },
    'HOLDFAST_PRIORITY and HOLDFAST_ORDINAL are both set: remove one of them',
  ],
  [
    { ...vips, HOLDFAST_PRIORITY: 'a=120,b=110' },
    'HOLDFAST_PRIORITY has no number for 3f2a9c0d1e4b, only for a and b: add it, or set the host name of the container',
  ],
  [
    { ...vips, HOLDFAST_PRIORITY: 'a=120,b=high' },
    'HOLDFAST_PRIORITY: b=high is not HOST=NUMBER: give each host a number from 1 to 255',
  ],
  [
    { ...vips, HOLDFAST_PEERS: 'multicast 172.28.0.3' },
    'HOLDFAST_PEERS names multicast and routers: write either multicast, or addresses and names',
  ],
  [
    { ...vips, HOLDFAST_PEERS: '172.28.0.2' },
    'HOLDFAST_PEERS names nobody but this container: add the addresses of the others, or write multicast',
  ],
  [
    { ...vips, HOLDFAST_PEERS: '172.28.0.100' },
    "HOLDFAST_PEERS: 172.28.0.100 is a virtual address: name the peer's own address instead",
  ],
  [
    { ...vips, HOLDFAST_PEERS: '172.28.0' },
    'HOLDFAST_PEERS: 172.28.0 is neither an address nor a name: write one of the two',
  ],
  [
    { ...vips, HOLDFAST_PEERS: '2001:db8::3' },
    "HOLDFAST_PEERS: 2001:db8::3 is not of the family of 172.28.0.2, the address of eth0: name the peer's IPv4 address",
  ],
  [
    { ...vips, HOLDFAST_ADDRESS: '172.28.0.9' },
    'eth0 does not have 172.28.0.9: set HOLDFAST_ADDRESS to 172.28.0.2',
  ],
  [
    { ...vips, HOLDFAST_ADDRESS: '2001:db8::9' },
    "HOLDFAST_ADDRESS=2001:db8::9 is not of the virtual addresses' family: name one of IPv4",
  ],
  [
    { ...vips, HOLDFAST_ADDRESS: '172.28.0.100' },
    '172.28.0.100 is both HOLDFAST_ADDRESS and a virtual address: name the own address of this container',
  ],
  [
    { ...vips, HOLDFAST_AUTH_PASS: 'secret', HOLDFAST_AUTH_PASS_FILE: '/run/secrets/x' },
    'HOLDFAST_AUTH_PASS and HOLDFAST_AUTH_PASS_FILE are both set: keep the file',
  ],
  [
    { ...vips, HOLDFAST_AUTH_PASS_FILE: '/run/secrets/x' },
    'HOLDFAST_AUTH_PASS_FILE=/run/secrets/x cannot be read: mount the secret there',
  ],
  [
    { ...vips, HOLDFAST_AUTH_PASS: 'far too long' },
    'HOLDFAST_AUTH_PASS is longer than the 8 bytes that VRRP has room for: shorten it on all routers alike',
  ],
  [
    { ...vips, HOLDFAST_AUTH_PASS: 'a"b' },
    'HOLDFAST_AUTH_PASS is empty or has odd characters: use letters, digits and - . : ; , + / = ^ % _',
  ],
  [
    { ...vips, HOLDFAST_AUTH_PASS: 'secret', HOLDFAST_VERSION: '3' },
    'HOLDFAST_AUTH_PASS is set, and version 3 of VRRP has no passwords: remove one of them',
  ],
  [
    { HOLDFAST_VIPS: '2001:db8::9', HOLDFAST_VERSION: '2' },
    'VRRP for IPv6 is version 3, which has no passwords: remove HOLDFAST_AUTH_PASS and HOLDFAST_VERSION',
  ],
  [
    { ...vips, HOLDFAST_VERSION: '2', HOLDFAST_ADVERT_INTERVAL: '0.5' },
    'HOLDFAST_ADVERT_INTERVAL=0.5 is no whole number of seconds, which versions before 3 and passwords need: write whole seconds, or remove the other variable',
  ],
  [
    { ...vips, HOLDFAST_TRACK_WEIGHT: '-10' },
    'HOLDFAST_TRACK_WEIGHT is set, and nothing is tracked: set HOLDFAST_TRACK_SCRIPT or HOLDFAST_TRACK_URL too',
  ],
  [
    { ...vips, HOLDFAST_TRACK_SCRIPT: 'pgrep nginx' },
    'HOLDFAST_TRACK_SCRIPT=pgrep nginx cannot be run: write an absolute path and its arguments, without double quotes',
  ],
  [
    { ...vips, HOLDFAST_TRACK_URL: 'localhost/' },
    'HOLDFAST_TRACK_URL=localhost/ is no page: write http://HOST:PORT/PATH or https://...',
  ],
  [
    { ...vips, HOLDFAST_POOL_PORT: '80' },
    'HOLDFAST_POOL_PORT is set, and HOLDFAST_POOL is not: name the real servers there, HOST:PORT each',
  ],
  [
    { ...vips, HOLDFAST_POOL: 'web' },
    'HOLDFAST_POOL: web is no server: write HOST:PORT, [IPV6]:PORT, or either with =WEIGHT behind it',
  ],
  [
    { ...vips, HOLDFAST_POOL: '172.28.0.9:80 172.28.0.10:8080' },
    'the servers of HOLDFAST_POOL have different ports: set HOLDFAST_POOL_PORT',
  ],
  [
    { ...vips, HOLDFAST_POOL: 'web:8080', HOLDFAST_POOL_PORT: '80', HOLDFAST_POOL_METHOD: 'dr' },
    'HOLDFAST_POOL_METHOD=DR leaves ports as they are, and web listens at 8080 instead of 80: use NAT, or the same port everywhere',
  ],
  [
    { ...vips, HOLDFAST_POOL: 'wob:80' },
    'HOLDFAST_POOL: nobody is called wob: start that service, or correct the name',
  ],
  [
    { ...vips, HOLDFAST_POOL: '172.28.0.100:80' },
    "HOLDFAST_POOL: 172.28.0.100 is a virtual address: name the real server's own address",
  ],
  [
    { ...vips, HOLDFAST_POOL: '[2001:db8::7]:80' },
    'HOLDFAST_POOL has no server of the family of 172.28.0.100: add one with an IPv4 address, or remove the virtual address',
  ],
  [
    { ...vips, HOLDFAST_POOL: 'web:80', HOLDFAST_POOL_CHECK: 'ping' },
    'HOLDFAST_POOL_CHECK=ping is not understood: write tcp, none, or the path of a page such as /health',
  ],
  [{ ...vips, HOLDFAST_WAIT: '-1' }, 'HOLDFAST_WAIT=-1 is no whole number from 0 to 3600: write one'],
])('%j is refused in one sentence with the remedy', (environment, sentence) => {
  expect(outcome(container({ environment, resolved: web }))).toBe(sentence);
});

test('all that is wrong is said at once', () => {
  const environment = { ...vips, HOLDFAST_VRID: '0', HOLDFAST_PREEMPT: 'x', HOLDFAST_INTERFACES: 'eth0' };
  expect(outcome(container({ environment })).split('\n')).toHaveLength(3);
});

test.each(['HOLDFAST_SERVICE_HOST', 'HOLDFAST_PORT_80_TCP_ADDR', 'HOLDFAST_SOCKET', 'PATH'])(
  '%s is nobody else’s business',
  (name) => {
    expect(outcome(container({ environment: { ...vips, [name]: 'x' } }))).toContain('vrrp_instance');
  },
);

test.each<readonly [string, Partial<Facts>, string]>([
  [
    'a password of a secret',
    { environment: { ...vips, HOLDFAST_AUTH_PASS_FILE: '/x' }, passwordFile: 's3cret\n' },
    'auth_pass s3cret ',
  ],
  [
    'a variable that a compose file left empty',
    { environment: { ...vips, HOLDFAST_AUTH_PASS: '' } },
    'virtual_ipaddress {',
  ],
  [
    'two virtual addresses of two networks',
    {
      environment: { HOLDFAST_VIPS: '172.28.0.9 10.9.0.9', HOLDFAST_INTERFACE: 'eth0' },
      nics: [nic('eth0', '172.28.0.2/16'), nic('eth1', '10.9.0.2/24')],
    },
    '10.9.0.9/32',
  ],
])('%s is fine', (_, facts, part) => {
  expect(outcome(container(facts))).toContain(part);
});
