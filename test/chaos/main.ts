// Random kills: SIGKILL to processes of a pair, by seed, under traffic, and a judge of what came of it.
import { LabError } from '../lab-support/lab-error.ts';
import { type Card, deck } from './deck.ts';
import type { Pace, Violation } from './happening.ts';
import { judge } from './judge.ts';
import { type ChaosOptions, readOptions, usage } from './options.ts';
import { playRound } from './round.ts';
import { storyOf } from './story.ts';
import { summary } from './summary.ts';

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`chaos: ${options}\n${usage}\n`);
  process.exit(2);
}
process.exit(await run(options));

/** @returns the exit code: 0 when nothing happened that must not, 1 when something did, 2 when it cannot run here */
async function run({ kills, seed, paces }: ChaosOptions): Promise<number> {
  try {
    let violations = 0;
    for (const [index, pace] of paces.entries()) {
      // What does not divide evenly goes to the first.
      const share = Math.floor(kills / paces.length) + (index < kills % paces.length ? 1 : 0);
      violations += (await round(pace, share, seed)).length;
    }
    say(
      `\n${kills} kills, seed ${seed}: ${violations === 0 ? 'nothing' : `${violations} things`} happened that must not`,
    );
    return violations === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`chaos: ${error.message}\n`);
    return 2;
  }
}

async function round(pace: Pace, kills: number, seed: number): Promise<readonly Violation[]> {
  const hasSpares = pace.advertInt < 1 / 3;
  const cards = deck(seed, kills, hasSpares, pace.advertInterval);
  say(`\nadvert_int ${pace.name}: ${kills} kills, seed ${seed}`);
  const played = await playRound(pace, cards, (card, number) => {
    const before = cards.slice(0, number).reduce((sum, { targets }) => sum + targets.length, 0);
    say(`${`${before + 1}`.padStart(4)}  ${nameOf(card)}`);
  });
  const violations = judge(played.course);
  say(`\n${summary(played).join('\n')}`);
  for (const violation of violations)
    say(`\nVIOLATION, seed ${seed}: ${storyOf(violation, played).join('\n')}`);
  return violations;
}

function nameOf({ targets, gap, settle }: Card): string {
  const victims = targets.map(({ router, role }) => `${role} of ${router}`);
  return `${victims.join(`, ${gap} ms later `)}${settle ? '' : ', without waiting'}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
