import type { VrrpInstance } from '@holdfast/config';
import { type Micros, minus, toMillis, toSeconds, unreachable } from '@holdfast/kit';
import type { Run } from '../fleet.ts';
import type { Act, ConfigChange, RouterPlan, Story, Weather } from '../story/types.ts';
import type { Observation } from '../world/observation.ts';

/** The story before it happens: who there is, and what will befall them. */
export function storyInWords(story: Story): readonly string[] {
  const lines = story.fleet.map((plan) => ({ at: plan.startsAt, text: planInWords(plan) }));
  const acts = story.acts.map((act) => ({ at: act.at, text: actInWords(act) }));
  return [
    `story of seed ${story.seed}, ${toSeconds(story.endsAt).toFixed(1)} s long:`,
    ...[...lines, ...acts].toSorted((a, b) => a.at - b.at).map(({ at, text }) => line(at, text)),
  ];
}

/** What the run came to. */
export function runInWords(story: Story, run: Run): string {
  if (run.violation === undefined) {
    return `seed ${story.seed}: ${run.adverts} adverts, ${run.masters} times a new master, digest ${run.digest}`;
  }
  const { rule, at, router, text } = run.violation;
  return line(at, `router ${router} breaks "${rule}": ${text}`);
}

/** What an onlooker would note down; `undefined` where it is not worth a line. */
export function observationInWords(o: Observation): string | undefined {
  const tell = (text: string): string =>
    line(o.at, o.router === 'all' ? text : `router ${o.router}: ${text}`);
  switch (o.kind) {
    case 'step': {
      const [before, after] = [o.before.phase.kind, o.after.phase.kind];
      if (o.event.kind === 'advert' && before !== after)
        return tell(`hears priority ${o.event.advert.priority}: ${before} -> ${after}`);
      return before === after ? undefined : tell(`(${o.event.kind}): ${before} -> ${after}`);
    }
    case 'addresses':
      return tell(`holds ${o.held.length === 0 ? 'nothing' : o.held.join(', ')} (${o.by})`);
    case 'sent':
      return o.advert.priority === 0 ? tell('sends priority 0') : undefined;
    case 'condition':
      return tell(o.what);
    case 'woke':
      return tell(`wakes up after ${inMillis(minus(o.at, o.sleptSince))}`);
    default:
      return undefined;
  }
}

const line = (at: Micros, text: string): string => `t=${toSeconds(at).toFixed(4)} s: ${text}`;
const inMillis = (t: Micros): string => `${toMillis(t).toFixed(1)} ms`;

function planInWords({ name, source, config }: RouterPlan): string {
  return `router ${name} starts (${source}, ${configInWords(config)})`;
}

function configInWords(config: VrrpInstance): string {
  const load = config.trackScripts.find((entry) => entry.name === 'load')?.weight ?? 0;
  return [
    `priority ${config.priority}`,
    `version ${config.version}`,
    `advert_int ${inMillis(config.advertInterval)}`,
    ...(config.nopreempt ? ['nopreempt'] : []),
    ...(config.preemptDelay > 0 ? [`preempt_delay ${inMillis(config.preemptDelay)}`] : []),
    ...(config.lowerPriorityNoAdvert ? ['lower_prio_no_advert'] : []),
    ...(config.unicastPeers.length > 0 ? ['unicast'] : []),
    `${config.virtualAddresses.length} addresses`,
    `load weighs ${load}`,
  ].join(', ');
}

function actInWords(act: Act): string {
  switch (act.kind) {
    case 'start':
      return `router ${act.router} starts`;
    case 'stop':
      return `router ${act.router} is stopped`;
    case 'power-cut':
      return `router ${act.router} loses power`;
    case 'kill-all':
      return `all processes of router ${act.router} are killed; its kernel keeps the addresses`;
    case 'kill-worker':
      return `the worker of router ${act.router} is killed; the next one is ready after ${inMillis(act.back)}`;
    case 'restart':
      return `router ${act.router} is restarted; the next daemon begins after ${inMillis(act.back)}`;
    case 'stall':
      return `the worker of router ${act.router} stalls for ${inMillis(act.lasts)}`;
    case 'link':
      return `the link of router ${act.router} goes ${act.up ? 'up' : 'down'}`;
    case 'source':
      return `router ${act.router} ${act.present ? 'has its own address again' : 'loses its own address'}`;
    case 'script':
      return `the script ${act.script} of router ${act.router} is ${act.verdict}`;
    case 'reload':
      return `router ${act.router} reloads with ${changeInWords(act.change)}`;
    case 'handover':
      return `router ${act.router} is ${act.on ? 'handed over' : 'taken back'} by its operator`;
    case 'delete-address':
      return `somebody deletes address ${act.index + 1} of router ${act.router}`;
    case 'cut':
      return `router ${act.to} cannot hear router ${act.from} for ${inMillis(act.lasts)}`;
    case 'weather':
      return `for ${inMillis(act.lasts)} the LAN ${weatherInWords(act.weather)}`;
    case 'garbage':
      return `a stranger sends ${act.times} packets with a wrong ${act.defect}, one every ${inMillis(act.every)}`;
    default:
      return unreachable(act);
  }
}

function weatherInWords({ loss, duplication, delayUpTo }: Weather): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return `loses ${percent(loss)}, doubles ${percent(duplication)} and delays by up to ${inMillis(delayUpTo)}`;
}

function changeInWords(change: ConfigChange): string {
  const words = [
    ...(change.priority === undefined ? [] : [`priority ${change.priority}`]),
    ...(change.advertInterval === undefined ? [] : [`advert_int ${inMillis(change.advertInterval)}`]),
    ...(change.nopreempt === undefined ? [] : [change.nopreempt ? 'nopreempt' : 'preempt']),
    ...(change.preemptDelay === undefined ? [] : [`preempt_delay ${inMillis(change.preemptDelay)}`]),
    ...(change.virtualAddresses === undefined ? [] : [`${change.virtualAddresses.length} addresses`]),
  ];
  return words.length === 0 ? 'an unchanged file' : words.join(', ');
}
