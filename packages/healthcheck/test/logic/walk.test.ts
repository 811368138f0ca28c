import { expect, test } from 'vitest';
import * as logic from '../../src/index.ts';
import { urlWalk } from './url-walk.ts';
import { walk } from './walk.ts';

/** HOLDFAST_HEALTH_SEEDS: how many lives; HOLDFAST_HEALTH_SEED: the first of them. */
const count = Number(process.env['HOLDFAST_HEALTH_SEEDS'] ?? 300);
const first = Number(process.env['HOLDFAST_HEALTH_SEED'] ?? 1);

test(`in ${count} random lives the kernel always holds what is due`, { timeout: 600_000 }, async () => {
  for (let seed = first; seed < first + count; seed++)
    expect(await walk(logic, seed), `HOLDFAST_HEALTH_SEED=${seed} shows it`).toBeUndefined();
});

test(`in ${count} random lives urls are looked at in order`, () => {
  for (let seed = first; seed < first + count; seed++) expect(urlWalk(logic, seed)).toBeUndefined();
});
