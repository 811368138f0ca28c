import { expect, test } from 'vitest';
import { genhashCommand } from '../../src/genhash/arguments.ts';

const least = ['-s', '10.0.0.7', '-p', '80', '-u', '/'];

test.each([
  ['the least', least, {}],
  ['long options', ['--server', '10.0.0.7', '--port=80', '--url', '/'], {}],
  ['IPv6', ['-s', '2001:db8::7', '-p', '80', '-u', '/'], { server: '2001:db8::7' }],
  ['TLS', [...least, '-S'], { useSsl: true }],
  [
    'TLS with a name in the handshake',
    [...least, '-SI', '-V', 'www.example.org'],
    { useSsl: true, useSni: true, virtualHost: 'www.example.org' },
  ],
  ['another protocol', [...least, '-P', '1.0c'], { protocol: '1.0c' }],
  ['patience', [...least, '-t', '30'], { timeout: 30 }],
  ['everything to be shown', [...least, '-v'], { verbose: true }],
  ['a mark that is none', [...least, '-m', '0'], {}],
])('%s is understood', (_, words, wanted) => {
  const request = {
    server: '10.0.0.7',
    port: 80,
    url: '/',
    useSsl: false,
    useSni: false,
    virtualHost: undefined,
    protocol: '1.0',
    timeout: 5,
    verbose: false,
  };
  expect(genhashCommand(words)).toEqual({
    ok: true,
    value: { kind: 'fetch', request: { ...request, ...wanted } },
  });
});

test('help is given whatever else stands there', () => {
  expect(genhashCommand(['-h'])).toEqual({ ok: true, value: { kind: 'help' } });
});

test.each([
  ['nothing', [], '-s, -p and -u are needed'],
  ['no page', ['-s', '10.0.0.7', '-p', '80'], '-s, -p and -u are needed'],
  ['a name', ['-s', 'www.example.org', '-p', '80', '-u', '/'], 'must be an IP address, not www.example.org'],
  ['a port beyond all', ['-s', '10.0.0.7', '-p', '99999', '-u', '/'], '99999 is no port'],
  ['another HTTP', [...least, '-P', '2'], '2 is no HTTP version'],
  ['no patience at all', [...least, '-t', '0'], '0 is no timeout'],
  ['a mark', [...least, '-m', '7'], '--fwmark cannot be set'],
  ['an unknown option', [...least, '--digest'], '--digest'],
  ['a word too many', [...least, 'page'], 'page'],
])('%s is refused, with the reason', (_, words, reason) => {
  const command = genhashCommand(words);
  expect(command.ok ? '' : command.error).toContain(reason);
});
