import assert from 'node:assert/strict';
import { familyOf } from '@holdfast/kit';
import fc from 'fast-check';
import {
  type Change,
  familyOfService,
  plan,
  pool,
  recordWritten,
  type Server,
  type Table,
} from '../../src/index.ts';
import { anyTable } from '../tables.ts';
import { type Bench, type Case, expectOk, ipip } from './bench.ts';

const someTable = anyTable.map((each) => possible(each));

/** The same worlds at every run. */
const worlds = fc.sample(fc.tuple(someTable, someTable, someTable), { numRuns: 25, seed: 7 });

export const planCases: readonly Case[] = [
  {
    name: 'a plan that is carried out makes the table the desired one, whatever others did to it before',
    run: async (bench) => {
      const { ipvs } = bench;
      for (const [first, others, second] of worlds) {
        expectOk(await ipvs.flush());
        await carryOut(bench, plan(first, new Map()).changes);
        // Somebody makes another table of it.
        await carryOut(bench, plan(others, first, first).changes);
        const { table } = expectOk(await ipvs.table());
        await carryOut(bench, plan(second, table).changes);
        const after = expectOk(await ipvs.table()).table;
        assert.deepEqual(after, new Map([...table, ...second]));
        assert.deepEqual(plan(second, after, recordWritten(second, new Map(), [])), {
          changes: [],
          remarks: [],
        });
      }
    },
  },
];

async function carryOut({ ipvs }: Bench, changes: readonly Change[]): Promise<void> {
  for (const result of await ipvs.perform(changes)) expectOk(result);
}

/** The table as the kernel takes it: across families by tunnel only, thresholds in order. */
export function possible(table: Table): Table {
  return new Map(
    [...table].map(([id, { service, servers }]) => {
      const allowed = (one: Server): Server => ({
        ...one,
        forwarding: familyOf(one.address) === familyOfService(service.key) ? one.forwarding : ipip,
        lowerThreshold: Math.min(one.lowerThreshold, one.upperThreshold),
      });
      return [id, pool(service, [...servers.values()].map(allowed))] as const;
    }),
  );
}
