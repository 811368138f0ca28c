import type { VirtualServer } from '@holdfast/config';
import { expect, test } from 'vitest';
import { findByName, findPool, findServer } from '../../src/control/names.ts';
import { pool } from './objects.ts';

const web = pool('10.0.0.1', 80, ['10.0.1.1', '10.0.1.2']);
const dns = pool('10.0.0.1', 53, ['10.0.1.1'], { protocol: 'udp' });
const dnsTcp = pool('10.0.0.1', 53, ['10.0.1.1'], { protocol: 'tcp' });
const marked: VirtualServer = {
  ...pool('10.0.0.9', 0, ['10.0.1.1']),
  key: 'FWM 5',
  services: [{ kind: 'fwmark', family: 4, mark: 5 }],
};
const all = [web, dns, dnsTcp, marked];

test.each([
  ['[10.0.0.1]:tcp:80', web],
  ['[10.0.0.1]:TCP:80', web],
  ['10.0.0.1:80', web],
  ['[10.0.0.1]:80', web],
  ['tcp/10.0.0.1:80', web],
  ['udp/10.0.0.1:53', dns],
  ['fwm:5', marked],
  ['FWM 5', marked],
])('%s names a virtual server', (text, expected) => {
  expect(findPool(text, all)).toEqual({ ok: true, value: expected });
});

test.each([
  [
    '10.0.0.1:53',
    '10.0.0.1:53 may be more than one virtual_server',
    "'[10.0.0.1]:udp:53', '[10.0.0.1]:tcp:53'",
  ],
  ['10.0.0.2:80', 'there is no virtual_server 10.0.0.2:80', 'did you mean 10.0.0.1:80?'],
  ['web', 'there is no virtual_server web', 'there is [10.0.0.1]:tcp:80, 10.0.0.1:80'],
])('%s names none: %s', (text, message, remedy) => {
  const found = findPool(text, all);
  expect(found).toMatchObject({ ok: false, error: { message } });
  expect(found.ok ? '' : found.error.remedy).toContain(remedy);
});

test.each(['10.0.1.2', '10.0.1.2:8080', '[10.0.1.2]:tcp:8080'])('%s names a real server', (text) => {
  expect(findServer(text, web)).toEqual({ ok: true, value: web.realServers[1] });
});

test('an address with two ports is more than one real server', () => {
  const [server] = web.realServers;
  if (server === undefined) throw new RangeError('there is no server');
  const twice = { ...web, realServers: [server, { ...server, key: 'other', port: 8081 }] };
  expect(findServer('10.0.1.1', twice)).toMatchObject({ ok: false });
  expect(findServer('10.0.1.1:8081', twice)).toMatchObject({ ok: true, value: { key: 'other' } });
});

test.each([
  [['VI_1', 'VI_22'], 'VI_2', 'did you mean VI_22?'],
  [['VI_1'], 'completely else', 'there is VI_1'],
  [[], 'VI_1', 'none is configured'],
])('of the instances %j none is %s', (names, name, remedy) => {
  const instances = names.map((one) => ({ name: one }));
  expect(findByName('vrrp_instance', name, instances)).toEqual({
    ok: false,
    error: { message: `there is no vrrp_instance ${name}`, remedy },
  });
});
