import { type Random, seededRandom } from '@holdfast/kit';
import { baseCases } from './bases.ts';
import { type FuzzCase, plainCase } from './fuzz-case.ts';
import { mutations } from './mutations.ts';
import { tableText } from './table-text.ts';

/** Makes cases by number; the same seed and number make the same case. */
export type CaseMaker = (number: number) => FuzzCase;

/** A large prime: the cases of two seeds have nothing in common. */
const stride = 1_000_003;

/** @param seed decides all of the cases */
export function caseMaker(seed: number): CaseMaker {
  const sources = Object.values(baseCases()).filter((cases) => cases.length > 0);
  const allLines = sources.flatMap((cases) => cases.flatMap(({ text }) => text.split('\n')));
  return (number) => {
    const random = seededRandom(seed * stride + number);
    const fromTable = random.chance(0.5);
    const base = fromTable ? plainCase(tableText(random)) : random.pick(random.pick(sources));
    const line = (): string => anotherLine(allLines, random);
    // A third of what comes from the table stays as it is: mostly sound.
    const count = fromTable && random.chance(0.33) ? 0 : random.whole(1, random.pick([1, 1, 2, 4]));
    let made = base;
    for (let done = 0; done < count; done++) made = random.pick(mutations)(made, random, line);
    return made;
  };
}

const anotherLine = (lines: readonly string[], random: Random): string =>
  random.chance(0.5)
    ? random.pick(lines)
    : random.pick(
        tableText(random)
          .split('\n')
          .filter((line) => line !== ''),
      );
