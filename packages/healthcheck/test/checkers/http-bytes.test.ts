import { address } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { hostOf, httpRequest } from '../../src/checkers/http-request.ts';
import { responseReader } from '../../src/checkers/http-response.ts';
import { httpVerdict } from '../../src/checkers/http-verdict.ts';
import { miscResult } from '../../src/checkers/misc-check.ts';
import { serverName } from '../../src/checkers/ssl-get.ts';
import { httpChecker, task, url } from '../support/checker.ts';

describe('a request', () => {
  test.each([
    ['1.0', 'GET /x HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: a:80\r\n\r\n'],
    ['1.0c', 'GET /x HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: a:80\r\n\r\n'],
    ['1.0C', 'GET /x HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: a:80\r\n\r\n'],
    ['1.1', 'GET /x HTTP/1.1\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: a:80\r\n\r\n'],
  ] as const)('of http_protocol %s has the bytes that keepalived sends', (version, bytes) => {
    expect(Buffer.from(httpRequest({ version, path: '/x', host: 'a:80' })).toString('latin1')).toBe(bytes);
  });

  test.each([
    // url        checker      outer                    Host
    ['u.example', 'c.example', ['r.example', 'v.example'], 'u.example'],
    [undefined, 'c.example', ['r.example', 'v.example'], 'c.example'],
    [undefined, undefined, ['r.example', 'v.example'], 'r.example'],
    [undefined, undefined, [undefined, 'v.example'], 'v.example'],
    [undefined, undefined, [], '127.0.0.1:80'],
  ] as const)('of url %s, checker %s, around %j names %s', (ofUrl, ofChecker, outer, host) => {
    const checker = httpChecker(80, { virtualhost: ofChecker });
    expect(hostOf(checker, url({ virtualhost: ofUrl }), outer)).toBe(host);
  });

  test('an IPv6 address stands in brackets', () => {
    const checker = httpChecker(443);
    const target = { ...checker.target, address: address('fd00::1') };
    expect(hostOf({ ...checker, target }, url())).toBe('[fd00::1]:443');
  });
});

describe('the name in the handshake', () => {
  test.each([
    // sni        sni_name     url          checker      virtual server  name
    [true, 's.example', 'u.example', 'c.example', 'v.example', 's.example'],
    [true, undefined, 'u.example', 'c.example', 'v.example', 'u.example'],
    [true, undefined, undefined, 'c.example', 'v.example', 'c.example'],
    [true, undefined, undefined, undefined, 'v.example', 'v.example'],
    [true, undefined, undefined, undefined, undefined, undefined],
    [true, undefined, '10.0.0.1', undefined, undefined, undefined],
    [false, 's.example', 'u.example', 'c.example', 'v.example', undefined],
  ] as const)('enable_sni %s, %s, %s, %s, %s: %s', (enableSni, sniName, ofUrl, ofChecker, outer, name) => {
    const checker = httpChecker(443, { kind: 'SSL_GET', enableSni, sniName, virtualhost: ofChecker });
    const asked = task(checker, url({ virtualhost: ofUrl }), {
      realServerHost: 'r.example',
      virtualServerHost: outer,
    });
    expect(serverName(asked)).toBe(name);
  });
});

const hello = '5d41402abc4b2a76b9719d911017c592';

describe('an answer', () => {
  test.each([
    // bytes                                                   status     length     received  digest of
    ['HTTP/1.0 200 OK\r\n\r\nhello', 200, undefined, 5],
    ['HTTP/1.1 204\r\n\r\n', 204, undefined, 0],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 200, 5, 5],
    ['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello', 200, undefined, 5],
    ['HTTP/1.1 200 OK\r\nX-Content-Length: 9\r\n\r\nhello', 200, undefined, 5],
    ['HTTP/1.1 200 OK\r\nContent-Length: nine\r\n\r\nhello', 200, undefined, 5],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more', 200, 5, 14],
    ['HTTP/1.1 20\r\n\r\n', undefined, undefined, 0],
    ['garbage\r\n\r\n', undefined, undefined, 0],
    ['\r\n\r\n', undefined, undefined, 0],
  ] as const)(
    '%j: status %s, length %s, %i bytes of body, wherever it is cut',
    (text, status, contentLength, received) => {
      const bytes = Buffer.from(text, 'latin1');
      for (let cut = 0; cut <= bytes.length; cut++) {
        const response = read([bytes.subarray(0, cut), bytes.subarray(cut)]);
        expect(response).toMatchObject({ status, received });
        expect(response?.contentLength).toBe(contentLength);
        if (text.includes('hello')) expect(response?.digest).toBe(hello);
      }
      expect(read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(read([bytes]));
    },
  );

  test.each(['', 'HTTP/1.0 200 OK\r\n', 'HTTP/1.0 200 OK\n\nhello'])('%j is none', (text) => {
    expect(read([Buffer.from(text)])).toBeUndefined();
  });

  test('a header without end is given up', () => {
    const reader = responseReader(true);
    const chunk = Buffer.alloc(1000, 'x');
    expect(Array.from({ length: 20 }, () => reader.push(chunk))).toContain(false);
  });
});

describe('the verdict', () => {
  const answer = { status: 200, contentLength: undefined, received: 5, digest: hello };
  const ranges = [{ from: 200, to: 299 }];
  test.each([
    ['200 of 200-299', {}, {}, 'success'],
    ['299 of 200-299', { status: 299 }, {}, 'success'],
    ['300 of 200-299', { status: 300 }, {}, 'failure'],
    ['199 of 200-299', { status: 199 }, {}, 'failure'],
    ['no status', { status: undefined }, {}, 'failure'],
    [
      '404 where it is wanted',
      { status: 404 },
      { statusCodes: [...ranges, { from: 404, to: 404 }] },
      'success',
    ],
    ['the right digest', {}, { digest: hello.toUpperCase() }, 'success'],
    ['another digest', {}, { digest: hello.replace('5', '6') }, 'failure'],
    ['the right digest, the wrong code', { status: 500 }, { digest: hello }, 'failure'],
  ] as const)('on %s', (_, answered, wanted, kind) => {
    expect(httpVerdict(url(wanted), { ...answer, ...answered }).kind).toBe(kind);
  });

  test('on nothing is failure', () => {
    expect(httpVerdict(url(), undefined).kind).toBe('failure');
  });

  test('another length than announced is noted only', () => {
    expect(httpVerdict(url(), { ...answer, contentLength: 9 })).toEqual({
      kind: 'success',
      note: 'Content-Length of / is 9, received were 5 bytes',
    });
  });
});

describe('a program', () => {
  test.each([
    // outcome                                        dynamic  result
    [{ kind: 'exited', status: 0 }, false, { kind: 'success' }],
    [{ kind: 'exited', status: 0 }, true, { kind: 'success' }],
    [{ kind: 'exited', status: 1 }, true, { kind: 'failure', reason: 'exited with status 1' }],
    [{ kind: 'exited', status: 2 }, true, { kind: 'success', weight: 0 }],
    [{ kind: 'exited', status: 255 }, true, { kind: 'success', weight: 253 }],
    [{ kind: 'exited', status: 2 }, false, { kind: 'failure', reason: 'exited with status 2' }],
    [{ kind: 'killed', signal: 'SIGSEGV' }, true, { kind: 'failure', reason: 'was ended by signal SIGSEGV' }],
    [{ kind: 'timed-out' }, true, { kind: 'failure', reason: 'timed out' }],
    [
      { kind: 'not-started', reason: 'ENOENT' },
      false,
      { kind: 'local-error', reason: 'could not be started: ENOENT' },
    ],
  ] as const)('that %j, dynamic %s, is %j', (outcome, dynamic, result) => {
    expect(miscResult(outcome, dynamic)).toEqual(result);
  });
});

function read(chunks: readonly Uint8Array[]) {
  const reader = responseReader(true);
  for (const chunk of chunks) reader.push(chunk);
  return reader.end();
}
