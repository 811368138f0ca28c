import { memoryFiles, type ParseOptions, parseConfig } from '@holdfast/config';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knowsNothing, parseWith } from '../../src/parse-config.ts';

const options = (text: string, thorough = false): ParseOptions => ({
  path: '/a.conf',
  thorough,
  configId: 'r1',
  files: memoryFiles({ '/a.conf': text }),
});

/** What may stand between the braces of a real server; those first that nobody complains about. */
const bodies = [
  'TCP_CHECK {\n }\n',
  '\n\n weight 3\n TCP_CHECK {\n connect_timeout 3\n connect_port 81\n }\n',
  'weight 3 # a comment\n TCP_CHECK { connect_timeout 3 }\n',
  'TCP_CHECK {\n connect_ip 10.0.9.9\n bindto 10.0.9.8\n retry 2\n }\n',
  'HTTP_GET {\n url {\n path /\n status_code 200\n }\n }\n',
  'HTTP_GET {\n url {\n path "/a b"\n }\n }\n SSL_GET {\n url {\n path /s\n }\n }\n',
  'MISC_CHECK {\n misc_path /bin/true\n misc_dynamic\n }\n',
  'inhibit_on_failure\n uthreshold 5\n lthreshold 2\n notify_up "/bin/true up"\n TCP_CHECK {\n }\n',
  'lvs_method TUN\n TCP_CHECK {\n }\n',
  'smtp_alert\n PING_CHECK {\n }\n',
  'FILE_CHECK {\n track_file f\n }\n',
  'weight 1\n weight 2\n TCP_CHECK {\n }\n',
  'TCP_CHECK {\n connect_timeout 90\n }\n',
  'notify_up "/nowhere x"\n TCP_CHECK {\n }\n',
  '',
  // From here on with something to tell.
  'TCP_CHECK {\n bindto fd00::9\n }\n',
  'TCP_CHECK {\n connect_timeout x\n }\n',
  'uthreshold 2\n lthreshold 5\n TCP_CHECK {\n }\n',
  'HTTP_GET {\n }\n',
  'wieght 3\n',
  'TCP_CHECK {\n',
  '}\n',
  'weight "3\n',
];
const flawlessBodies = 15;
const outside = [
  'global_defs {\n checker_log_all_failures\n rs_init_notifies\n}\n',
  'SSL {\n ca /a.pem\n}\n',
  'track_file f {\n file /f\n}\n',
  '# a comment\n\n',
  'vrrp_script s {\n script /bin/true\n}\n',
  '$W=weight 3\n',
  'vrrp_sync_group G\n',
  'static_routes 10.0.0.0/8\n',
];
const keywords = [
  '',
  ' quorum 2\n',
  ' delay_loop 7\n alpha\n',
  ' weight 4\n retry 2\n',
  ' quorum 900\n',
  ' ops\n',
];

const server = (body: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .record({ host: fc.integer({ min: 1, max: 6 }), port: fc.constantFrom('80', '80', '', '0', '81'), body })
    .map(({ host, port, body: text }) => ` real_server 10.0.1.${host} ${port} {\n ${text} }\n`);

const pool = (body: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .record({
      address: fc.constantFrom('10.0.0.1 80', '10.0.0.2 80', '10.0.0.3 443', 'fwmark 7', 'group g'),
      keyword: fc.constantFrom(...keywords),
      kind: fc.constantFrom('NAT', 'NAT', 'DR'),
      servers: fc.array(server(body), { maxLength: 6 }),
    })
    .map(
      ({ address, keyword, kind, servers }) =>
        `virtual_server ${address} {\n lb_algo rr\n lb_kind ${kind}\n protocol TCP\n${keyword}${servers.join('')}}\n`,
    );

const text = (body: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 3, arbitrary: pool(body) }, fc.constantFrom(...outside)), { maxLength: 6 })
    .map((parts) => parts.join(''));

test('virtual servers read by themselves are what they are in a file that is read as a whole', () => {
  const flawless = text(fc.constantFrom(...bodies.slice(0, flawlessBodies)));
  const any = text(fc.constantFrom(...bodies));
  fc.assert(
    fc.property(fc.oneof({ weight: 3, arbitrary: flawless }, any), fc.boolean(), (written, thorough) => {
      const asked = options(written, thorough);
      expect(parseConfig(asked)).toEqual(parseWith(asked, 'tree').result);
    }),
    { numRuns: 600 },
  );
});

/** Whether the tree has nothing of the virtual server left: it was read by itself. */
const isReadByItself = (body: string): boolean => {
  const server = ` real_server 10.0.1.1 80 {\n ${body} }\n`;
  const pool = `virtual_server 10.0.0.1 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n${server}}\n`;
  const { tree } = parseWith(options(`track_file f {\n file /f\n}\n${pool}`), knowsNothing);
  return tree.nodes.at(-1)?.children.length === 0;
};

test.each(bodies.map((body, i) => [i < flawlessBodies, body] as const))(
  'that it is read by itself is %s where a real server has %j',
  (expected, body) => {
    expect(isReadByItself(body)).toBe(expected);
  },
);

test.each([
  'global_defs\n',
  'global_defs\n router_id r\n',
  'vrrp_instance V\n interface eth0\n',
  'static_routes\n',
  'static_routes\n 10.0.0.0/8 dev eth0\n',
  'virtual_server_group g\n',
])('a virtual server behind a block without braces is none of it: %j', (before) => {
  const pool = (mark: number) => `virtual_server fwmark ${mark} {\n real_server 10.0.1.1 80 {\n }\n}\n`;
  const { config } = parseConfig(options(`${pool(1)}${before}${pool(2)}${pool(3)}`));
  expect(config.virtualServers.map(({ key }) => key)).toEqual(['FWM 1', 'FWM 2', 'FWM 3']);
});

test('of very many misspelt keywords only the first ones get a suggestion, whichever virtual server they stand in', () => {
  const pools = Array.from(
    { length: 700 },
    (_, i) => `virtual_server fwmark ${i + 1} {\n real_server 10.0.1.1 80 {\n wieght 3\n }\n}\n`,
  );
  const asked = options(pools.join(''));
  const { diagnostics } = parseConfig(asked);
  expect(diagnostics).toEqual(parseWith(asked, 'tree').result.diagnostics);
  const suggested = diagnostics.filter(({ remedy }) => remedy === 'did you mean weight?');
  expect(suggested.length).toBe(500);
});
