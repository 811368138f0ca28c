// The demo: two routers, a client, a virtual address, and everything that can happen to them within 90 seconds.
import { LabError } from '../lab-support/lab-error.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { type DemoOptions, type Part, readOptions, usage } from './options.ts';
import { openScreen, type Screen } from './screen.ts';
import { type Stage, setStage, vip } from './stage.ts';
import { type Outcome, type Step, StoryError } from './step.ts';
import { storyOfTheVip } from './story-vip.ts';
import { summary, type Told } from './summary.ts';

const stories: Readonly<Record<Part, readonly Step<Stage>[]>> = { vip: storyOfTheVip };

const options = readOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`demo: ${options}\n${usage}\n`);
  process.exit(2);
}
// Helpers and timers are still there where the demo could not run: what they hold is cleaned up on exit.
process.exit(await runDemo(options));

/** @returns the exit code: 0 when every step did what it should, 1 when one did not, 2 when the demo cannot run here */
async function runDemo(wanted: DemoOptions): Promise<number> {
  const screen = openScreen(wanted.record);
  screen.say('making three network namespaces and a switch, starting web services, client and daemons');
  try {
    const stage = await setStage(wanted.daemon);
    screen.showStage(stage);
    const told = await tell(
      stage,
      screen,
      wanted.parts.flatMap((part) => stories[part]),
    );
    screen.close();
    process.stdout.write(`\n${summary(told, stage.probe, screen.paint).join('\n')}\n`);
    const good = told.every(({ outcome }) => outcome.good);
    process.stdout.write(
      good ? '\nEvery step did what it should.\n' : '\nNot every step did what it should.\n',
    );
    if (wanted.hold) await hold(stage);
    await end(stage);
    return good ? 0 : 1;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    screen.close();
    process.stderr.write(`demo: ${error.message}\n`);
    return 2;
  }
}

async function tell(stage: Stage, screen: Screen, steps: readonly Step<Stage>[]): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const [index, step] of steps.entries()) {
    screen.beginStep(`${index + 1}/${steps.length}  ${step.title}`);
    const outcome = await play(step, stage, (line) => screen.say(line));
    const lost = stage.probe.lost(outcome.from, outcome.to).length;
    screen.say(
      `${outcome.seen}; ${lost === 0 ? 'nothing lost' : `${lost} requests lost`}`,
      outcome.good ? 'good' : 'bad',
    );
    told.push({ name: step.name, outcome });
    if (index === 0 && !outcome.good) {
      screen.say('the pair did not come up as it should: the rest of the story needs it', 'bad');
      break;
    }
  }
  return told;
}

async function play(step: Step<Stage>, stage: Stage, say: (line: string) => void): Promise<Outcome> {
  const from = monotonicMicros();
  try {
    return await step.play(stage, say);
  } catch (error) {
    if (!(error instanceof StoryError) && !(error instanceof LabError)) throw error;
    for (const host of stage.network.routers) {
      for (const line of stage.daemon(host).output.slice(-4)) say(`${host} said: ${line.text}`);
    }
    return { good: false, seen: error.message, from, to: monotonicMicros() };
  }
}

/** Keeps everything up until the person at the terminal has enough. */
async function hold(stage: Stage): Promise<void> {
  const client = stage.network.namespace('client');
  const router = stage.network.namespace('router1');
  const daemon = stage.daemon('router1');
  if (!daemon.isRunning()) stage.boot('router1', stage.network.run('router1', 'cat', [daemon.configFile]));
  process.stdout.write(
    [
      '',
      'Everything stays up until Ctrl-C. In another terminal:',
      `  ip netns exec ${client} bash -c 'exec 3<>/dev/tcp/${vip}/80; printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3; cat <&3'`,
      `  ip netns exec ${router} ip address show eth0`,
      `  ${process.env['EDITOR'] ?? 'nano'} ${daemon.configFile}   then: kill -HUP ${stage.daemon('router1').pid}`,
      `  ip -n ${stage.network.namespace('switch')} link set ${stage.network.port('router1')} down   (pulls the cable; up plugs it in)`,
      '',
    ].join('\n'),
  );
  await new Promise(() => setInterval(() => undefined, 60_000));
}

async function end(stage: Stage): Promise<void> {
  stage.probe.stop();
  await Promise.all(
    stage.network.routers
      .filter((host) => stage.daemon(host).isRunning())
      .map((host) => stage.daemon(host).stop()),
  );
  stage.network.close();
}
