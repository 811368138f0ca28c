import { type HealthSlice, type ToHealthcheck, unpackServers } from '@holdfast/healthcheck';
import { expect, test } from 'vitest';
import { inParts } from '../../src/supervisor/in-parts.ts';
import { global, poolsOf } from './slice.ts';

const configure = (virtualServers: HealthSlice['virtualServers']) =>
  ({
    kind: 'configure',
    reason: 'start',
    slice: { global, virtualServers },
    options: { dontReleaseIpvs: false, logDetail: false },
    saved: undefined,
  }) as const;

test.each([
  // real servers of each virtual server, and of those of each message
  { sizes: [], messages: [[]] },
  { sizes: [3, 4], messages: [[3, 4]] },
  { sizes: [400, 100, 1], messages: [[400, 100], [1]] },
  { sizes: [600, 600], messages: [[600], [600]] },
  { sizes: [1, 499, 2, 498, 7], messages: [[1, 499], [2, 498], [7]] },
])('virtual servers of $sizes real servers travel as $messages', ({ sizes, messages }) => {
  const virtualServers = poolsOf(sizes);
  const whole = configure(virtualServers);
  const change = { kind: 'change', global, changed: virtualServers, gone: ['A'] } as const;
  for (const message of [whole, change] as const) {
    const sent = inParts(message);
    expect(sent.map((part) => listOf(part).map(({ realServers }) => realServers.length))).toEqual(messages);
    expect(sent.flatMap(listOf)).toEqual(virtualServers);
    expect(sent.at(-1)).toMatchObject(message.kind === 'change' ? { gone: ['A'] } : { reason: 'start' });
  }
});

test('there are never more messages than may wait to be read', () => {
  const virtualServers = poolsOf([200]).flatMap((pool) => Array.from({ length: 2000 }, () => pool));
  const sent = inParts(configure(virtualServers));
  expect(sent.length).toBe(100);
  expect(sent.flatMap(listOf)).toEqual(virtualServers);
});

function listOf(message: ToHealthcheck): HealthSlice['virtualServers'] {
  if (message.kind === 'part') return unpackServers(message.virtualServers);
  if (message.kind === 'configure') return unpackServers(message.slice.virtualServers);
  return message.kind === 'change' ? unpackServers(message.changed) : [];
}
