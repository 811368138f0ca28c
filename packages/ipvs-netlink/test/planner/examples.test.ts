import { address } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import {
  type Change,
  plan,
  planPool,
  pool,
  remarkText,
  type Server,
  server,
  serverId,
  service,
  table,
} from '../../src/index.ts';
import { web } from '../compliance/bench.ts';

const [one, two, sorry] = ['10.9.1.1', '10.9.1.2', '10.9.1.9'].map((text) =>
  server({ address: address(text), port: 80 }),
);
const of = (...servers: readonly (Server | undefined)[]) =>
  pool(
    service(web, 'rr'),
    servers.filter((each) => each !== undefined),
  );
const weighing = (each: Server | undefined, weight: number) => each && { ...each, weight };

const textOf = (change: Change): string => {
  const weight = 'server' in change && 'weight' in change.server ? ` w${change.server.weight}` : '';
  return `${change.kind}${'server' in change ? ` ${serverId(change.server)}${weight}` : ''}`;
};

describe('what an operator sees', () => {
  test.each([
    // what happens                       written        found                        desired                    commands
    ['one of two dies', of(one, two), of(one, two), of(two), ['delete-server 10.9.1.1:80']],
    [
      'the last one dies',
      of(two),
      of(two),
      of(sorry),
      ['add-server 10.9.1.9:80 w1', 'delete-server 10.9.1.2:80'],
    ],
    [
      'one returns and the sorry server goes',
      of(sorry),
      of(sorry),
      of(one),
      ['add-server 10.9.1.1:80 w1', 'delete-server 10.9.1.9:80'],
    ],
    [
      'one is inhibited',
      of(one, two),
      of(one, two),
      of(weighing(one, 0), two),
      ['set-server 10.9.1.1:80 w0'],
    ],
    [
      'an inhibited one returns as another goes',
      of(weighing(one, 0), two),
      of(weighing(one, 0), two),
      of(one, weighing(two, 0)),
      ['set-server 10.9.1.1:80 w1', 'set-server 10.9.1.2:80 w0'],
    ],
    ['a reload changes nothing', of(one, two), of(one, two), of(two, one), []],
    [
      'the table was emptied',
      of(one, two),
      undefined,
      of(one, two),
      ['add-service', 'add-server 10.9.1.1:80 w1', 'add-server 10.9.1.2:80 w1'],
    ],
    ['an operator drained one', of(one, two), of(weighing(one, 0), two), of(one, two), []],
    [
      'an operator drained one, and a reload gives it weight 7',
      of(one),
      of(weighing(one, 0)),
      of(weighing(one, 7)),
      ['set-server 10.9.1.1:80 w7'],
    ],
    ['an operator added one', of(one), of(one, two), of(one), []],
    [
      'a start finds an old table',
      undefined,
      of(one, sorry),
      of(one, two),
      ['add-server 10.9.1.2:80 w1', 'delete-server 10.9.1.9:80'],
    ],
    ['the service is removed from the file', of(one), of(one), undefined, ['delete-service']],
    ['a service was never ours', undefined, of(one), undefined, []],
  ] as const)('%s', (_, written, actual, desired, commands) => {
    expect(planPool({ desired, actual, written }).changes.map(textOf)).toEqual(commands);
  });

  test('a threshold that a reload changes leaves the weight that an operator set', () => {
    const [written, actual] = [of(one), of(weighing(one, 0))];
    const desired = of(one && { ...one, upperThreshold: 9 });
    const { changes } = planPool({ desired, actual, written });
    expect(changes).toMatchObject([{ kind: 'set-server', server: { weight: 0, upperThreshold: 9 } }]);
  });
});

test.each([
  ['emptied', undefined, /deleted service tcp 10\.9\.0\.100:80.*restored/],
  ['short of a server', of(two), /deleted server 10\.9\.1\.1:80.*restored/],
  [
    'drained by hand',
    of(weighing(one, 0), two),
    /weight of server 10\.9\.1\.1:80 of tcp 10\.9\.0\.100:80 to 0 \(ours: 1\)/,
  ],
  ['with a server too many', of(one, two, sorry), /added server 10\.9\.1\.9:80.*left alone/],
  [
    'with another method',
    of(one && { ...one, forwarding: { method: 'DR' } }, two),
    /settings of server 10\.9\.1\.1:80/,
  ],
  [
    'with another scheduler',
    pool(
      service(web, 'wlc'),
      [one, two].flatMap((each) => each ?? []),
    ),
    /settings of service/,
  ],
] as const)('a table that is %s is remarked on in words', (_, found, words) => {
  const ours = table(of(one, two));
  const { remarks } = plan(ours, found === undefined ? table() : table(found), ours);
  expect(remarks.map(remarkText)).toEqual([expect.stringMatching(words)]);
});
