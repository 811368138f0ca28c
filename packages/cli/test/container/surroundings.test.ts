import { fail, ok } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { lostWithout, missingCapabilities } from '../../src/container/capabilities.ts';
import { defaultRoutes } from '../../src/container/default-routes.ts';
import { healthOf } from '../../src/container/health.ts';
import { chooseSource } from '../../src/container/sources.ts';

const status = (...bits: readonly number[]): string => {
  const mask = bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
  return `Name:\tnode\nCapPrm:\t0\nCapEff:\t${mask.toString(16).padStart(16, '0')}\n`;
};

test.each([
  ['all that is needed', status(12, 13), []],
  ['no raw sockets', status(12), ['NET_RAW']],
  ['nothing', status(), ['NET_ADMIN', 'NET_RAW']],
  ['nothing that is known', 'Name: node\n', []],
])('needed capabilities, with %s', (_, text, names) => {
  const found = missingCapabilities(text).map(({ message }) => /capability (\S+)/.exec(message)?.[1]);
  expect(found).toEqual(names);
});

test.each([
  ['    script_user root\n', []],
  ['    script_user nobody\n', ['SETUID', 'SETGID', 'KILL']],
  ['vrrp_script x {\n  user www-data www-data\n', ['SETUID', 'SETGID', 'KILL']],
  ['# user nobody\n', []],
])('capabilities that are lost with %j', (configuration, names) => {
  const found = lostWithout(status(12, 13), configuration);
  expect(found.map(({ message }) => /capability (\S+)/.exec(message)?.[1])).toEqual(names);
  expect(lostWithout(status(5, 6, 7), configuration)).toEqual([]);
});

const four = [
  'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
  'eth1\t00000000\t0109000A\t0003\t0\t0\t200\t00000000\t0\t0\t0',
  'eth0\t00000000\t01001CAC\t0003\t0\t0\t100\t00000000\t0\t0\t0',
  'eth2\t00000000\t01001CAC\t0203\t0\t0\t0\t00000000\t0\t0\t0',
  'eth0\t00001CAC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
  'eth0\t00000000\t00000000\t0001\t0\t0\t0\t000000E0\t0\t0\t0',
].join('\n');
const zero = '0'.repeat(32);
const six = [
  `${zero} 00 ${zero} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth3`,
  `${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200       lo`,
].join('\n');

test('the best default route comes first, rejecting and other routes are none', () => {
  expect(defaultRoutes(four, six)).toEqual([
    { interface: 'eth0', metric: 100, family: 4 },
    { interface: 'eth1', metric: 200, family: 4 },
    { interface: 'eth3', metric: 1024, family: 6 },
  ]);
  expect(defaultRoutes('', '')).toEqual([]);
});

const instance = (name: string, state: 'MASTER' | 'BACKUP' | 'FAULT' | 'INIT', ...faults: string[]) => ({
  name,
  state,
  faults,
});

test.each([
  [[instance('A', 'MASTER'), instance('B', 'BACKUP')], { ok: true, value: 'A is MASTER; B is BACKUP' }],
  [[], { ok: true, value: 'the daemon answers' }],
  [
    [instance('A', 'MASTER'), instance('B', 'FAULT', 'script page failed')],
    { ok: false, error: 'B is FAULT (script page failed)' },
  ],
  [[instance('A', 'INIT')], { ok: false, error: 'A is INIT' }],
])('health of %j', (instances, verdict) => {
  expect(healthOf(instances)).toEqual(verdict);
});

const mounted = '/etc/keepalived/keepalived.conf';

test.each([
  ['nothing is mounted', {}, [], { kind: 'environment' }],
  ['a file', { HOLDFAST_VRID: '7' }, [mounted], { kind: 'file', path: mounted, ignored: ['HOLDFAST_VRID'] }],
  ['a template', {}, [`${mounted}.template`], { kind: 'template', path: `${mounted}.template` }],
  ['both: the file wins', {}, [mounted, `${mounted}.template`], { kind: 'file', path: mounted }],
  ['a named template', { HOLDFAST_TEMPLATE: '/t' }, [mounted, '/t'], { kind: 'template', path: '/t' }],
  [
    'a named file',
    { HOLDFAST_CONFIG: '/c' },
    ['/c', `${mounted}.template`],
    { kind: 'file', path: '/c', ignored: [] },
  ],
])('source of the configuration: %s', (_, environment, files: readonly string[], wanted) => {
  const source = chooseSource(environment, (path) => ok(files.includes(path) ? 'text' : undefined));
  expect(source).toMatchObject({ ok: true, value: wanted });
});

test('a file and a template that are both named contradict each other', () => {
  const environment = { HOLDFAST_CONFIG: '/c', HOLDFAST_TEMPLATE: '/t' };
  expect(chooseSource(environment, () => ok('text'))).toMatchObject({
    error: { message: 'HOLDFAST_CONFIG and HOLDFAST_TEMPLATE are both set', remedy: 'remove one of them' },
  });
});

test.each([
  ['the customary file', {}, mounted],
  ['a named file', { HOLDFAST_CONFIG: '/c' }, '/c'],
  ['the customary template', {}, `${mounted}.template`],
  ['a named template', { HOLDFAST_TEMPLATE: '/t' }, '/t'],
])('%s that may not be read is not passed over', (_, environment, closed) => {
  const source = chooseSource(environment, (path) => (path === closed ? fail('EACCES') : ok(undefined)));
  expect(source).toMatchObject({
    error: {
      message: `${closed} cannot be read (EACCES)`,
      remedy: expect.stringContaining('chown root'),
    },
  });
});

test('a folder in place of the file is told', () => {
  expect(chooseSource({}, () => fail('EISDIR'))).toMatchObject({
    error: { message: `${mounted} cannot be read (EISDIR)` },
  });
});
