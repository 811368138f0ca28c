import { LabError } from '../../lab-support/lab-error.ts';
import { monotonicMicros } from '../../lab-support/monotonic.ts';
import type { DemoOptions } from '../options.ts';
import type { Played } from '../played.ts';
import type { Screen } from '../screen.ts';
import type { Told } from '../summary.ts';
import { readFact } from './facts.ts';
import { choosePlace, type Place } from './place.ts';
import { sceneOfThePool } from './scene-pool.ts';
import { emptyView, withFact } from './view.ts';

/** Part two: a director, its servers, and everything that can happen to them. @throws LabError */
export async function playPool(screen: Screen, options: DemoOptions): Promise<Played> {
  const place = await choosePlace();
  screen.beginPart(sceneOfThePool(emptyView, place.label));
  screen.say(place.explanation);
  const told = await follow(screen, place, options.daemon === undefined ? [] : ['--daemon', options.daemon]);
  return { told, end: async () => undefined };
}

/** Shows what the story reports. */
async function follow(screen: Screen, place: Place, argv: readonly string[]): Promise<readonly Told[]> {
  const told: Told[] = [];
  let view = emptyView;
  const complaint = await place.play(argv, (line) => {
    const fact = readFact(line);
    if (fact === undefined) return;
    view = withFact(view, fact, monotonicMicros());
    screen.show(sceneOfThePool(view, place.label));
    if (fact.kind === 'step') screen.beginStep(fact.title);
    else if (fact.kind === 'said') screen.say(fact.text, fact.tone);
    else if (fact.kind === 'outcome') told.push(fact);
  });
  if (complaint !== undefined)
    throw new LabError(`the story of the pool was not told to its end: ${complaint}`);
  if (told.length === 0) throw new LabError('the story of the pool has no steps');
  return told;
}
