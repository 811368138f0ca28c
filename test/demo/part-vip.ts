import { LabError } from '../lab-support/lab-error.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import type { DemoOptions } from './options.ts';
import type { Played } from './played.ts';
import { sceneOfTheVip } from './scene-vip.ts';
import type { Screen } from './screen.ts';
import { type Stage, setStage, vip } from './stage.ts';
import { type Outcome, type Step, StoryError } from './step.ts';
import { storyOfTheVip } from './story-vip.ts';
import type { Told } from './summary.ts';

/** Part one: two routers, a client, a virtual address, and everything that can happen to them. @throws LabError */
export async function playVip(screen: Screen, options: DemoOptions): Promise<Played> {
  screen.beginPart(sceneOfTheVip(undefined));
  screen.say('making three network namespaces and a switch, starting web services, client and daemons');
  const stage = await setStage(options.daemon);
  screen.show(sceneOfTheVip(stage));
  const told = await tell(stage, screen);
  return {
    told,
    async end() {
      if (options.hold) await hold(stage);
      await end(stage);
    },
  };
}

async function tell(stage: Stage, screen: Screen): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const [index, step] of storyOfTheVip.entries()) {
    screen.beginStep(`${index + 1}/${storyOfTheVip.length}  ${step.title}`);
    const { good, seen, from, to } = await play(step, stage, screen.say);
    const lost = stage.probe.lost(from, to).length;
    screen.say(`${seen}; ${lost === 0 ? 'nothing lost' : `${lost} requests lost`}`, good ? 'good' : 'bad');
    const answered = stage.probe.answered(from, to).length;
    told.push({ name: step.name, good, seen, answered, lost, outage: stage.probe.outage(from, to) });
    if (index === 0 && !good) {
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
