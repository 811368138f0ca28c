import { expect, test } from 'vitest';
import type { SavedPools } from '../../src/logic/types.ts';
import { initialState } from '../../src/logic/virtual-server.ts';
import type { Entry } from '../../src/system/entry.ts';
import { type SavedDesk, savedDesk } from '../../src/system/saved-desk.ts';
import { virtualServer } from '../logic/virtual-servers.ts';

const entry = (key: string): Entry => ({
  config: virtualServer({ key }),
  state: initialState,
  told: undefined,
});
const every = (): boolean => true;

/** What is said of two virtual servers, as `pools | unsettled | settled`. */
function said(act: (desk: SavedDesk, a: Entry, b: Entry) => void): readonly string[] {
  const lines: string[] = [];
  const saved = ({ pools, unsettled, settled }: SavedPools): void => {
    const lists = [pools.map(({ key }) => key), unsettled, settled];
    lines.push(lists.map((keys) => keys.join(' ')).join('|'));
  };
  const nothing = (): void => undefined;
  const outbox = { saved, log: nothing, logLater: nothing, fact: nothing, flush: nothing, send: nothing };
  act(savedDesk(outbox), entry('a'), entry('b'));
  return lines;
}

test.each<[string, (desk: SavedDesk, a: Entry, b: Entry) => void, readonly string[]]>([
  [
    'what has changed, once',
    (desk, a) => {
      desk.touch(a);
      desk.tell([a]);
      desk.tell([]);
    },
    ['a|a|'],
  ],
  [
    'that the kernel holds it, once',
    (desk, a, b) => {
      desk.tell([a, b]);
      desk.tellHeld((one) => one === a);
      desk.tellHeld(every);
      desk.tellHeld(every);
    },
    ['|a b|', '||a', '||b'],
  ],
  [
    'at a first start what will be ours, and the states after it',
    (desk, a) => {
      desk.touch(a);
      desk.tellFirst([a], []);
      desk.tellHeld(every);
      desk.tell([]);
    },
    ['||', '||a', 'a||'],
  ],
  [
    'nothing of what is gone',
    (desk, a, b) => {
      for (const one of [a, b]) desk.touch(one);
      desk.forget(a);
      desk.tell([b]);
      desk.tell([a]);
      desk.forget(a);
      desk.tellHeld(every);
    },
    ['b|b|', '|a|', '||b'],
  ],
])('core is told %s', (_, act, expected) => {
  expect(said(act)).toEqual(expected);
});

test('what core was told of is not touched any more', () => {
  said((desk, a) => {
    desk.touch(a);
    expect([...desk.touched]).toEqual([a]);
    desk.tell([]);
    expect([...desk.touched]).toEqual([]);
  });
});
