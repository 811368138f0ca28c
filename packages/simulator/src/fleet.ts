import { address, type IpAddress, micros, plus, times, unreachable } from '@holdfast/kit';
import { believed } from './checks/believed.ts';
import { heldWhileMaster } from './checks/held-while-master.ts';
import { readBeforeActing } from './checks/read-before-acting.ts';
import { referee } from './checks/referee/referee.ts';
import { sentAdverts } from './checks/sent-adverts.ts';
import { settled } from './checks/settled.ts';
import { somebodyHolds } from './checks/somebody-holds.ts';
import { tracking } from './checks/tracking.ts';
import { twoMasters } from './checks/two-masters.ts';
import type { Check, View, Violation } from './checks/types.ts';
import { workerless } from './checks/workerless.ts';
import type { Act, RouterName, Story } from './story/types.ts';
import { digester } from './trace/digest.ts';
import { type Agenda, agenda } from './world/agenda.ts';
import { type Host, host, type ShellKind } from './world/host.ts';
import { FAIR_WEATHER, type Lan, lan } from './world/lan.ts';
import type { Observer } from './world/observation.ts';
import { garbagePacket } from './world/packets.ts';

/** What became of a story. */
export interface Run {
  /** The first objection; the run ends with it. */
  readonly violation: Violation | undefined;
  /** The same for the same story and the same code. */
  readonly digest: string;
  /** How many adverts were sent, and how often somebody became master: a story without either proves nothing. */
  readonly adverts: number;
  readonly masters: number;
}

/** From whom garbage comes. */
const STRANGER = address('10.0.0.66');

/**
 * Lets a story happen, on virtual time, with every check watching. What a stranger or a fault does is in the story;
 * what the routers do is the code under test.
 * @param listener sees every observation, for those who want to tell the story
 */
export function runStory(story: Story, listener?: Observer, shell: ShellKind = 'plain'): Run {
  const time = agenda(micros(0));
  const hosts = new Map<RouterName, Host>();
  const network = lan(story.seed, time, (_from, to, packet) => hosts.get(to)?.arrive(packet));
  const digest = digester();
  let violation: Violation | undefined;
  let adverts = 0;
  let masters = 0;
  const checks: Check[] = [];
  const observe: Observer = (o) => {
    digest.add(o);
    listener?.(o);
    if (o.kind === 'sent') adverts++;
    if (o.kind === 'step' && o.before.phase.kind !== 'master' && o.after.phase.kind === 'master') masters++;
    if (violation === undefined) for (const check of checks) check.observe(o);
  };
  const transmit = (from: RouterName, destination: IpAddress, packet: Uint8Array): void => {
    for (const other of hosts.values()) {
      const isMeant = destination === other.source || destination === other.config.multicastDestination;
      if (other.name !== from && isMeant) network.send(from, other.name, packet);
    }
  };
  for (const plan of story.fleet) {
    const made = host(plan, { shell, seed: story.seed, time, transmit, observe });
    hosts.set(plan.name, made);
    time.at(plan.startsAt, () => {
      made.start();
    });
  }
  const view: View = { story, hosts, lan: network };
  checks.push(
    ...allChecks(view, (found) => {
      violation ??= found;
    }),
  );
  for (const act of story.acts) {
    time.at(act.at, () => {
      perform(act, { time, hosts, network, transmit, observe });
    });
  }
  time.runUntil(story.endsAt, () => violation !== undefined);
  if (violation === undefined) for (const check of checks) check.finish(time.now());
  return { violation, digest: digest.text(), adverts, masters };
}

/** Every check watches every story. */
function allChecks(view: View, report: (violation: Violation) => void): readonly Check[] {
  return [
    ...view.story.fleet.map(({ name }) => referee(name, report)),
    twoMasters(view, report),
    heldWhileMaster(view, report),
    workerless(view, report),
    somebodyHolds(view, report),
    settled(view, report),
    readBeforeActing(view, report),
    sentAdverts(view, report),
    tracking(report),
    believed((packet) => packet[15] === 66, report),
  ];
}

interface Stage {
  readonly time: Agenda;
  readonly hosts: ReadonlyMap<RouterName, Host>;
  readonly network: Lan;
  readonly transmit: (from: RouterName, destination: IpAddress, packet: Uint8Array) => void;
  readonly observe: Observer;
}

function perform(act: Act, stage: Stage): void {
  switch (act.kind) {
    case 'weather':
      changeWeather(act, stage);
      return;
    case 'cut':
      cut(act, stage);
      return;
    case 'garbage':
      spread(act, stage);
      return;
    default: {
      const target = stage.hosts.get(act.router);
      if (target !== undefined) performOn(target, act);
    }
  }
}

function performOn(target: Host, act: Extract<Act, { router: RouterName }>): void {
  switch (act.kind) {
    case 'start':
      target.start();
      return;
    case 'stop':
      target.stop();
      return;
    case 'power-cut':
      target.powerCut();
      return;
    case 'kill-all':
      target.killAll();
      return;
    case 'kill-worker':
      target.killWorker(act.back);
      return;
    case 'restart':
      target.restart(act.back);
      return;
    case 'stall':
      target.stall(act.lasts);
      return;
    case 'link':
      target.setLink(act.up);
      return;
    case 'source':
      target.setSource(act.present);
      return;
    case 'script':
      target.setVerdict(act.script, act.verdict);
      return;
    case 'reload':
      target.reload({ ...target.file, ...act.change });
      return;
    case 'handover':
      target.handOver(act.on);
      return;
    case 'delete-address':
      target.deleteAddress(act.index);
      return;
    default:
      unreachable(act);
  }
}

const disturbed = ({ time, observe }: Stage, what: string): void => {
  observe({ at: time.now(), router: 'all', kind: 'condition', what });
};

function changeWeather(act: Extract<Act, { kind: 'weather' }>, stage: Stage): void {
  stage.network.setWeather(act.weather);
  disturbed(stage, 'the weather turns');
  stage.time.at(plus(act.at, act.lasts), () => {
    stage.network.setWeather(FAIR_WEATHER);
    disturbed(stage, 'the weather is fair again');
  });
}

function cut({ from, to, at, lasts }: Extract<Act, { kind: 'cut' }>, stage: Stage): void {
  stage.network.cut(from, to, true);
  disturbed(stage, 'a cut');
  stage.time.at(plus(at, lasts), () => {
    stage.network.cut(from, to, false);
    disturbed(stage, 'the cut is mended');
  });
}

/** A stranger's packets come to everybody, whatever the weather. */
function spread(act: Extract<Act, { kind: 'garbage' }>, { time, hosts }: Stage): void {
  for (let i = 0; i < act.times; i++) {
    time.at(plus(act.at, times(act.every, i)), () => {
      for (const target of hosts.values()) {
        const { config } = target;
        const to = config.unicastPeers.length > 0 ? target.source : config.multicastDestination;
        target.arrive(garbagePacket(config, STRANGER, to, act.defect));
      }
    });
  }
}
