import type { FromHealthcheck } from '@holdfast/healthcheck';
import { address, seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { fromHealthcheck } from '../../src/supervisor/from-healthcheck.ts';

const command = { argv: ['/bin/true', 'x'], runAs: { user: 'nobody', group: undefined } } as const;
const turn = (fact: Extract<FromHealthcheck, { kind: 'turn' }>['facts'][number]): FromHealthcheck => ({
  kind: 'turn',
  facts: [fact],
});

test.each<[string, FromHealthcheck]>([
  ['that it is ready', { kind: 'ready', pid: 7 }],
  ['that it is configured', { kind: 'configured', reason: 'reload' }],
  ['a dump', { kind: 'dump', what: 'data', text: 'x' }],
  ['a notification', turn({ kind: 'notify', command, extra: ['a'] })],
  ['a check by a program', turn({ kind: 'run-script', run: 3, command, timeout: seconds(1) })],
  ['that it is not wanted any more', turn({ kind: 'cancel-script', run: 3 })],
  [
    'what a successor has to know',
    turn({
      kind: 'saved',
      pools: {
        pools: [
          {
            key: 'A',
            quorum: 'down',
            servers: [
              {
                key: 'RS',
                alive: false,
                checkers: [{ up: false, hasRun: true, failures: 2, weightOffset: -5 }],
              },
            ],
          },
        ],
        written: [
          { kind: 'address', protocol: 'udp', address: address('fd00::1'), port: 53 },
          { kind: 'fwmark', family: 6, mark: 4294967295 },
        ],
        settled: ['A'],
        unsettled: ['B'],
      },
    }),
  ],
  [
    'that no service is new',
    turn({ kind: 'saved', pools: { pools: [], written: undefined, settled: [], unsettled: [] } }),
  ],
])('a healthcheck worker may say %s, and all of it arrives', (_what, message) => {
  expect(fromHealthcheck.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
});

const fact = (what: unknown): unknown => ({ kind: 'turn', facts: [what] });

test.each<[string, unknown]>([
  ['an unknown kind', { kind: 'hello' }],
  ['an unknown fact', fact({ kind: 'hello' })],
  ['a command without a program', fact({ kind: 'notify', command: { argv: [] }, extra: [] })],
  [
    'an address that is none',
    fact({
      kind: 'saved',
      pools: { pools: [], written: [{ kind: 'address', protocol: 'tcp', address: 'x', port: 1 }] },
    }),
  ],
])('%s is not believed', (_what, message) => {
  expect(fromHealthcheck.safeParse(message).success).toBe(false);
});
