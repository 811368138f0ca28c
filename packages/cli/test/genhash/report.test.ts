import { expect, test } from 'vitest';
import { hexDump } from '../../src/genhash/hex-dump.ts';
import { genhashReport } from '../../src/genhash/report.ts';

const page = {
  digest: '6f5902ac237024bdd0c176cb93063dc4',
  bytes: Buffer.from('HTTP/1.0 200 OK\r\n\r\nhello world\n'),
  took: 17_997,
};

test('without -v there is the digest and nothing else, for scripts', () => {
  expect(genhashReport(page, '/', false)).toBe('6f5902ac237024bdd0c176cb93063dc4\n');
});

test('with -v header, page and digest are shown', () => {
  const text = genhashReport(page, '/', true);
  expect(text).toContain('\nHTTP/1.0 200 OK\n');
  expect(text).toContain('\n0000  68 65 6c 6c 6f 20 77 6f - 72 6c 64 0a               hello world.\n');
  expect(text).toContain('\n6f5902ac237024bdd0c176cb93063dc4\n');
  expect(text).toContain('response time for [/] = 17997 usecs');
});

test.each([
  ['', ''],
  ['a', `0000  61 - ${' '.repeat(44)}   a`],
  [
    '0123456789abcdefg',
    `0000  30 31 32 33 34 35 36 37 - 38 39 61 62 63 64 65 66   0123456789abcdef\n0016  67 - ${' '.repeat(44)}   g`,
  ],
])('%j is dumped', (text, dump) => {
  expect(hexDump(Buffer.from(text))).toBe(dump);
});
