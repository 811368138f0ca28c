// The demo: a virtual address that survives its routers, and a pool that follows its servers.
import { LabError } from '../lab-support/lab-error.ts';
import { type DemoOptions, type Part, readOptions, usage } from './options.ts';
import { playVip } from './part-vip.ts';
import type { Played } from './played.ts';
import { playPool } from './pool/part-pool.ts';
import { openScreen, type Screen } from './screen.ts';
import { summary, type Told } from './summary.ts';

interface PlayedPart {
  readonly heading: string;
  readonly play: (screen: Screen, options: DemoOptions) => Promise<Played>;
}

const players: Readonly<Record<Part, PlayedPart>> = {
  vip: { heading: 'The virtual address', play: playVip },
  pool: { heading: 'The pool', play: playPool },
};

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`demo: ${options}\n${usage}\n`);
  process.exit(2);
}
// Helpers and timers are still there where the demo could not run: what they hold is cleaned up on exit.
process.exit(await runDemo(options));

/** @returns the exit code: 0 when every step did what it should, 1 when one did not, 2 when a part cannot be played here */
async function runDemo(wanted: DemoOptions): Promise<number> {
  const screen = openScreen(wanted.record);
  const played: { readonly heading: string; readonly told: readonly Told[] }[] = [];
  let obstacle: string | undefined;
  let endLast: Played['end'] = async () => undefined;
  for (const part of wanted.parts) {
    const { heading, play } = players[part];
    try {
      const { told, end } = await play(screen, wanted);
      played.push({ heading, told });
      // A part that is kept up is the only one.
      if (wanted.hold) endLast = end;
      else await end();
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      obstacle = error.message;
      break;
    }
  }
  screen.close();
  for (const { heading, told } of played) {
    const title = played.length > 1 ? `${screen.paint.bold(heading)}\n` : '';
    process.stdout.write(`\n${title}${summary(told, screen.paint).join('\n')}\n`);
  }
  if (obstacle !== undefined) {
    process.stderr.write(`\ndemo: ${obstacle}\n`);
    return 2;
  }
  const good = played.every(({ told }) => told.every((step) => step.good));
  process.stdout.write(
    good ? '\nEvery step did what it should.\n' : '\nNot every step did what it should.\n',
  );
  await endLast();
  return good ? 0 : 1;
}
