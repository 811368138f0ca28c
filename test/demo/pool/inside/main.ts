// Plays the story of the pool and reports it, a fact a line, to the demo that draws it:
//   demo-pool [--daemon PROGRAM] [--leave]
// It needs a kernel with ip_vs. With --leave nothing is cleaned up: the whole machine ends with the story.
import { parseArgs } from 'node:util';
import { LabError } from '../../../lab-support/lab-error.ts';
import { monotonicMicros } from '../../../lab-support/monotonic.ts';
import { type Step, StoryError } from '../../step.ts';
import { serverNames } from '../cast.ts';
import type { Fact } from '../facts.ts';
import { lostIn } from './acts.ts';
import { type PoolStage, setPoolStage } from './stage.ts';
import { storyOfThePool } from './story.ts';

/** How often the state of the stage is reported, in milliseconds. */
const reportEvery = 100;

const { values: options } = parseArgs({
  options: { daemon: { type: 'string' }, leave: { type: 'boolean', default: false } },
});
process.exit(await playAll());

/** @returns 0 when the story was told to its end, well or not; 2 when it cannot be told here */
async function playAll(): Promise<number> {
  try {
    const stage = await setPoolStage(options.daemon, { leave: options.leave, say });
    const timer = reportState(stage);
    for (const [index, step] of storyOfThePool.entries()) {
      report({ kind: 'step', title: `${index + 1}/${storyOfThePool.length}  ${step.title}` });
      const good = await play(step, stage);
      if (index === 0 && !good) break;
    }
    clearInterval(timer);
    if (!options.leave) stage.network.close();
    return 0;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** Plays a step and reports what came of it. @returns whether it was good */
async function play(step: Step<PoolStage>, stage: PoolStage): Promise<boolean> {
  const began = monotonicMicros();
  let outcome = { good: false, seen: '', from: began, to: began };
  try {
    outcome = await step.play(stage, say);
  } catch (error) {
    if (!(error instanceof StoryError) && !(error instanceof LabError)) throw error;
    for (const line of stage.daemon.output.slice(-4)) say(`the director said: ${line.text}`);
    outcome = { good: false, seen: error.message, from: began, to: monotonicMicros() };
  }
  const { good, seen, from, to } = outcome;
  const lost = lostIn(stage, from, to);
  say(lost === 0 && to > from ? `${seen}; nothing lost` : seen, good ? 'good' : 'bad');
  report({
    kind: 'outcome',
    name: step.name,
    good,
    seen,
    answered: stage.probes.reduce((sum, { probe }) => sum + probe.answered(from, to).length, 0),
    lost,
    outage: Math.max(...stage.probes.map(({ probe }) => probe.outage(from, to))),
  });
  return good;
}

function reportState(stage: PoolStage): NodeJS.Timeout {
  const seen = stage.probes.map(() => 0);
  return setInterval(() => {
    report({ kind: 'table', pools: stage.table.now() });
    report({ kind: 'running', servers: serverNames.filter((name) => stage.web(name).isUp()) });
    for (const [index, { pool, probe }] of stage.probes.entries()) {
      const fresh = probe.requests.slice(seen[index] ?? 0);
      seen[index] = probe.requests.length;
      const answered: Record<string, number> = {};
      for (const { outcome, detail } of fresh)
        if (outcome === 'answered') answered[detail] = (answered[detail] ?? 0) + 1;
      report({
        kind: 'requests',
        pool,
        answered,
        lost: fresh.filter(({ outcome }) => outcome === 'lost').length,
      });
    }
  }, reportEvery);
}

function say(text: string, tone: 'detail' | 'good' | 'bad' = 'detail'): void {
  report({ kind: 'said', text, tone });
}

function report(fact: Fact): void {
  process.stdout.write(`${JSON.stringify(fact)}\n`);
}
