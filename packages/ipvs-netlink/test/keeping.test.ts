import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Change,
  fakeKernel,
  ipvsClient,
  plan,
  type Remark,
  recordWritten,
  serviceId,
  type Table,
  table,
} from '../src/index.ts';
import { possible } from './compliance/plans.ts';
import { anyTable } from './tables.ts';

/** What may happen to a table that is kept by looking at it now and then. */
type Act =
  | { readonly kind: 'reload'; readonly desired: Table }
  /** Somebody makes of the table what another planner would. */
  | { readonly kind: 'meddle'; readonly to: Table }
  | { readonly kind: 'flush' }
  /** Our process dies and a new one starts over the old table, which it does not know. */
  | { readonly kind: 'restart' };

const someTable = anyTable.map((each) => possible(each));
const act: fc.Arbitrary<Act> = fc.oneof(
  someTable.map((desired): Act => ({ kind: 'reload', desired })),
  someTable.map((to): Act => ({ kind: 'meddle', to })),
  fc.constant<Act>({ kind: 'flush' }),
  fc.constant<Act>({ kind: 'restart' }),
);

test('a kept table has what is desired after every look, whatever others do, and needs no second one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
      const keeper = startKeeper();
      for (const each of acts) {
        await keeper.suffer(each);
        await keeper.look();
        keeper.expectKept();
        expect((await keeper.look()).changes).toEqual([]);
      }
    }),
    { seed: 11, numRuns: 100 },
  );
});

function startKeeper() {
  const kernel = fakeKernel();
  const [ours, somebody] = [ipvsClient(kernel.connect()), ipvsClient(kernel.connect())];
  let desired: Table = table();
  let written: Table = new Map();

  const look = async (): Promise<{
    readonly changes: readonly Change[];
    readonly remarks: readonly Remark[];
  }> => {
    const reading = await ours.table(written);
    if (!reading.ok) throw new TypeError(reading.error.reason);
    const made = plan(desired, reading.value.table, written);
    const results = await ours.perform(made.changes);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    written = recordWritten(desired, written, []);
    return made;
  };
  const suffer = async (happening: Act): Promise<void> => {
    switch (happening.kind) {
      case 'reload':
        desired = happening.desired;
        return;
      case 'meddle':
        await somebody.perform(plan(happening.to, kernel.table, kernel.table).changes);
        return;
      case 'flush':
        await somebody.flush();
        return;
      default:
        written = new Map();
    }
  };
  const expectKept = (): void => {
    for (const { service, servers } of desired.values()) {
      const found = kernel.table.get(serviceId(service.key));
      expect(found?.service).toEqual(service);
      for (const [id, server] of servers) {
        const { weight: _, ...rest } = server;
        expect(found?.servers.get(id)).toMatchObject(rest);
      }
    }
  };
  return { look, suffer, expectKept };
}
