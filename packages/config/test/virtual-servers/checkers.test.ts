import type { Checker } from '@holdfast/config';
import { seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { onlyServer, pool, read, server, told } from './pool.ts';

const checkersOf = (lines: string, above = '', inVirtual = ''): readonly Checker[] => {
  const text = pool(inVirtual, server(`${above}\n${lines}`));
  expect(told(text)).toEqual([]);
  return onlyServer(text)?.checkers ?? [];
};

test.each([
  ['connect_ip 10.0.0.9\nconnect_port 81', { address: '10.0.0.9', port: 81 }],
  ['bindto 10.0.0.2\nbind_port 99', { bindTo: '10.0.0.2', bindPort: 99 }],
  ['bind_if eth0\nfwmark 7', { bindInterface: 'eth0', fwmark: 7 }],
  ['connect_timeout 0.5', { connectTimeout: seconds(0.5) }],
  ['connect_ip 2001:db8::1\nbindto 2001:db8::2', { address: '2001:db8::1', bindTo: '2001:db8::2' }],
])('a TCP_CHECK with %j connects as %j', (lines, target) => {
  expect(checkersOf(`TCP_CHECK {\n${lines}\n}`)).toMatchObject([{ kind: 'TCP_CHECK', target }]);
});

const http = (lines: string, kind = 'HTTP_GET'): string => `${kind} {\n${lines}\n}`;

test('an HTTP_GET has keepalived’s defaults', () => {
  expect(checkersOf(http('url {\npath /\n}'))).toMatchObject([
    {
      kind: 'HTTP_GET',
      httpVersion: '1.0',
      virtualhost: undefined,
      enableSni: false,
      sniName: undefined,
      fastRecovery: false,
      tlsCompliant: false,
      urls: [{ path: '/', virtualhost: undefined, digest: undefined, statusCodes: [{ from: 200, to: 299 }] }],
      pace: { retry: 1, delayBeforeRetry: seconds(3) },
    },
  ]);
});

test.each([
  ['http_protocol 1.0C', 'path /', { httpVersion: '1.0C' }],
  ['http_protocol 1.1\nfast_recovery', 'path /', { httpVersion: '1.1', fastRecovery: true }],
  ['retry 7', 'path /', { pace: { retry: 7 } }],
  ['virtualhost a.example.com', 'path /a', { virtualhost: 'a.example.com', urls: [{ path: '/a' }] }],
  ['', 'path /\nvirtualhost b.example.com', { urls: [{ virtualhost: 'b.example.com' }] }],
  [
    '',
    'path /\nstatus_code 200-204 301',
    {
      urls: [
        {
          statusCodes: [
            { from: 200, to: 204 },
            { from: 301, to: 301 },
          ],
        },
      ],
    },
  ],
  [
    '',
    'path /\nstatus_code 200\nstatus_code 404',
    {
      urls: [
        {
          statusCodes: [
            { from: 200, to: 200 },
            { from: 404, to: 404 },
          ],
        },
      ],
    },
  ],
  [
    '',
    'path /\ndigest D41D8CD98F00B204E9800998ECF8427E',
    { urls: [{ digest: 'd41d8cd98f00b204e9800998ecf8427e' }] },
  ],
])('an HTTP_GET with %j and a url with %j becomes %j', (lines, url, expected) => {
  expect(checkersOf(http(`${lines}\nurl {\n${url}\n}`))).toMatchObject([expected]);
});

const ssl = (lines: string): string => http(`${lines}\nurl {\npath /\n}`, 'SSL_GET');

test.each([
  // checker                                          virtualhost  SNI, and its name
  ['enable_sni', undefined, true, undefined],
  ['enable_sni\nvirtualhost c', 'c', true, undefined],
  ['sni_name s', undefined, true, 's'],
  ['sni_name', undefined, true, undefined],
  ['', undefined, false, undefined],
])(
  'an SSL_GET with %j has the virtualhost %s, SNI %s named %s; others are looked up around it',
  (lines, virtualhost, enableSni, sniName) => {
    const [inServer, inVirtual] = ['virtualhost r', 'virtualhost v'];
    expect(checkersOf(ssl(lines), inServer, inVirtual)).toMatchObject([
      { kind: 'SSL_GET', virtualhost, enableSni, sniName },
    ]);
  },
);

test.each([
  // of the checker      of the url          what each url has
  ['tls_compliant', '', [true, undefined]],
  ['tls_compliant', 'tls_compliant off', [true, false]],
  ['', 'tls_compliant', [false, true]],
])('tls_compliant: %j in the checker and %j in its url', (lines, inUrl, [ofChecker, ofUrl]) => {
  const [checker] = checkersOf(http(`${lines}\nurl {\npath /\n${inUrl}\n}`, 'SSL_GET'));
  expect(checker).toMatchObject({ tlsCompliant: ofChecker, urls: [{ path: '/' }] });
  if (checker?.kind === 'SSL_GET') expect(checker.urls[0]?.tlsCompliant).toBe(ofUrl);
});

test.each([
  ['', { timeout: seconds(9), dynamic: false, command: { argv: ['/bin/chk', 'x'], runAs: undefined } }],
  ['misc_timeout 3\nmisc_dynamic', { timeout: seconds(3), dynamic: true }],
  ['user root wheel', { command: { runAs: { user: 'root', group: 'wheel' } } }],
  ['delay_loop 4', { timeout: seconds(9), pace: { delayLoop: seconds(4), retry: 0 } }],
])('a MISC_CHECK with %j becomes %j', (lines, expected) => {
  expect(
    checkersOf(`MISC_CHECK {\nmisc_path "/bin/chk x"\n${lines}\n}`, 'delay_loop 8', 'delay_loop 9'),
  ).toMatchObject([{ kind: 'MISC_CHECK', ...expected }]);
});

test('a server may have several checkers, and those that are not in effect are passed over', () => {
  const lines = `TCP_CHECK {\n}\nSMTP_CHECK {\n}\n${http('url {\npath /\n}')}\nTCP_CHECK {\nconnect_port 81\n}`;
  expect(checkersOf(lines).map(({ kind }) => kind)).toEqual(['TCP_CHECK', 'HTTP_GET', 'TCP_CHECK']);
});

test('checker_log_all_failures is for all checkers', () => {
  const text = `global_defs {\nchecker_log_all_failures\n}\n${pool('', server('TCP_CHECK {\n}'))}`;
  expect(read(text).config.virtualServers[0]?.realServers[0]?.checkers).toMatchObject([
    { pace: { logAllFailures: true } },
  ]);
});
