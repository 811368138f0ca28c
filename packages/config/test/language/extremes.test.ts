import { exitCodeOf } from '@holdfast/config';
import { expect, test } from 'vitest';
import { complaints, instance, parse } from '../parse.ts';

const folder = '/etc/keepalived';
const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));

test('a file that includes itself, also by way of another one, is read once', () => {
  const others = {
    [`${folder}/a.conf`]: 'include b.conf\n',
    [`${folder}/b.conf`]: 'include a.conf\ninclude keepalived.conf\n',
  };
  const result = parse(`include a.conf\n${instance()}`, {}, others);
  expect(result.config.vrrpInstances).toHaveLength(1);
  expect(result.diagnostics.map(({ code }) => code)).toEqual(['include-unreadable', 'include-unreadable']);
});

test('a chain of includes has an end', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`${folder}/${i}.conf`, `include ${i + 1}.conf\n`] as const),
  );
  const result = parse(`include 0.conf\n${instance()}`, {}, chain);
  expect(result.diagnostics.map(({ code, message }) => [code, message.includes('too deeply')])).toEqual([
    ['include-unreadable', true],
  ]);
});

test('a file of a hundred thousand lines is read to its end', () => {
  const addresses = Array.from(
    { length: 100_000 },
    (_, i) => `  10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/8`,
  );
  const text = instance(`virtual_ipaddress_excluded {\n${addresses.join('\n')}\n}\nnonsense`);
  const result = parse(text);
  expect(result.config.vrrpInstances[0]?.excludedAddresses).toHaveLength(100_000);
  expect(complaints(result)).toEqual(['100009 error unknown-keyword']);
});

test.each([
  ['{', 'unexpected-brace'],
  ['nonsense {', 'unknown-keyword'],
  ['vrrp_instance V {', 'missing-closing-brace'],
  ['~SEQ(a, 2) ', 'nested-too-deeply'],
])('%j ten thousand times is a mistake like any other', (text, code) => {
  const result = parse(`${text.repeat(40)}\n`.repeat(250));
  expect(result.diagnostics.some((diagnostic) => diagnostic.code === code)).toBe(true);
});

test('bytes that are no UTF-8 stand for themselves: what is right in the file counts', () => {
  const result = parse(
    bytes('# caf', [0xe9], '\nglobal_defs {\nrouter_id ', [0xff, 0xfe], '\n}\n', instance()),
  );
  expect(result.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['not-utf8', 'note']]);
  expect(result.config.vrrpInstances).toHaveLength(1);
});

test('a byte order mark is left out, with keepalived’s status', () => {
  const result = parse(bytes([0xef, 0xbb, 0xbf], instance()));
  expect(result.config.vrrpInstances).toHaveLength(1);
  expect([complaints(result), exitCodeOf(result.diagnostics)]).toEqual([[], 5]);
});

test.each([
  ['$A=$B\n$B=$A\n$A\n'],
  [`$A=\${B}x\n$B=\${A}y\nglobal_defs {\nrouter_id \${A}\n}\n`],
  ['$M= \\\n$N \\\n$N\n$N= \\\n$M \\\n$M\n$M\n'],
])('parameters in a circle come to an end: %j', (text) => {
  const result = parse(text + instance());
  expect(result.config.vrrpInstances).toHaveLength(1);
  expect(result.diagnostics.length).toBeGreaterThan(0);
});
