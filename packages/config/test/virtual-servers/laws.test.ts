import { familyOf } from '@holdfast/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VirtualServer } from '../../src/lvs-types.ts';
import { read } from './pool.ts';

const number = fc.constantFrom('-1', '0', '1', '2', '7', '99999', 'x', '5s');
const address = fc.constantFrom('10.0.0.3', '10.0.0.4', '2001:db8::3', '10.0.0.333', 'fe80::1');
const port = fc.constantFrom('', '0', '80', '81', '99999');
const method = fc.constantFrom('NAT', 'DR', 'TUN', 'TUN type gue', 'TUN type gre csum', 'NTA');

const line = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((words) => words.join(' '));
const lines = (...kinds: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof(...kinds), { maxLength: 4 }).map((all) => all.join('\n'));
const numbers = (...names: readonly string[]): fc.Arbitrary<string> =>
  line(fc.constantFrom(...names), number);

const pace = numbers('retry', 'delay_loop', 'warmup', 'delay_before_retry', 'connect_timeout');
const url = lines(line(fc.constant('path'), fc.constantFrom('/', '<x>')), numbers('status_code', 'digest'));
const checker = fc.oneof(
  lines(pace, line(fc.constantFrom('connect_ip', 'bindto'), address)).map((all) => `TCP_CHECK {\n${all}\n}`),
  url.map((all) => `HTTP_GET {\nurl {\n${all}\n}\n}`),
  fc.constantFrom('MISC_CHECK {\n}', 'MISC_CHECK {\nmisc_path /bin/x\n}', 'SMTP_CHECK {\n}'),
);
const realServer = fc
  .tuple(
    address,
    port,
    lines(
      numbers('weight', 'uthreshold', 'lthreshold'),
      line(fc.constant('lvs_method'), method),
      checker,
      pace,
    ),
  )
  .map(([a, p, all]) => `real_server ${a} ${p} {\n${all}\n}`);

const virtualServer = fc
  .tuple(
    fc.constantFrom('10.0.0.1 80', '10.0.0.1', '2001:db8::1 80', 'fwmark 5', 'group G', 'group H', 'group X'),
    lines(
      line(fc.constant('lb_kind'), method),
      line(fc.constant('lb_algo'), fc.constantFrom('rr', 'sh', 'rrr')),
      line(fc.constant('protocol'), fc.constantFrom('TCP', 'UDP', 'TPC')),
      line(fc.constant('sorry_server'), address, port),
      numbers('quorum', 'hysteresis', 'weight', 'persistence_timeout', 'persistence_granularity'),
      fc.constantFrom('sh-port', 'ops', 'ha_suspend', 'sorry_server_inhibit', 'ip_family inet6'),
      pace,
    ),
    fc.array(realServer, { maxLength: 4 }),
  )
  .map(([header, all, servers]) => `virtual_server ${header} {\n${all}\n${servers.join('\n')}\n}\n`);

const groups =
  'virtual_server_group G {\n10.0.1.1-3 80\n10.0.1.2-4 80\n10.0.1.1 81\n}\nvirtual_server_group H {\nfwmark 5\nfwmark 6 inet6\n}\n';

const idOf = (server: VirtualServer): readonly string[] =>
  server.services.map((service) =>
    service.kind === 'address'
      ? `${server.protocol} ${service.address} ${service.port}`
      : `fwmark ${service.family} ${service.mark}`,
  );

function expectRunnable(server: VirtualServer): void {
  const total = server.realServers.reduce((sum, { weight }) => sum + weight, 0);
  expect(server.services.length).toBeGreaterThan(0);
  expect(server.realServers.length).toBeGreaterThan(0);
  expect(server.quorum).toBeLessThanOrEqual(total);
  expect(server.hysteresis).toBeLessThanOrEqual(Math.max(0, server.quorum - 1));
  expect(server.onePacket && server.protocol !== 'udp' && server.services[0]?.kind === 'address').toBe(false);
  const ids = server.realServers.map(({ address: own, port: at }) => `${own} ${at}`);
  expect(new Set(ids).size).toBe(ids.length);
  const everyPort = server.services.some((service) => service.kind === 'address' && service.port === 0);
  expect(everyPort && server.persistence === undefined).toBe(false);
  for (const real of server.realServers) {
    expect(real.lowerThreshold).toBeLessThanOrEqual(real.upperThreshold);
    const [service] = server.services;
    if (server.services.length > 1 || service?.kind !== 'address') continue;
    if (real.forwarding.method !== 'TUN') expect(familyOf(real.address)).toBe(familyOf(service.address));
    if (real.forwarding.method !== 'NAT') expect(real.port).toBe(service.port);
  }
}

test('whatever stands in the file, what is left of it can be run', () => {
  let seen = 0;
  fc.assert(
    fc.property(fc.array(virtualServer, { minLength: 1, maxLength: 4 }), (servers) => {
      const { virtualServers } = read(groups + servers.join('')).config;
      for (const server of virtualServers) expectRunnable(server);
      seen += virtualServers.length;
      const keys = virtualServers.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const server of virtualServers) expect(new Set(idOf(server)).size).toBe(idOf(server).length);
    }),
    { numRuns: 400 },
  );
  expect(seen).toBeGreaterThan(100);
});
