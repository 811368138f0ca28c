import { readFileSync } from 'node:fs';
import { kill } from '../lab-support/daemon.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { eventually, pause } from '../lab-support/until.ts';
import {
  inMilliseconds,
  inSeconds,
  nothingLost,
  refusals,
  settled,
  untilOwner,
  untilServedBy,
} from './acts.ts';
import { addedVip, type Stage, vip } from './stage.ts';
import { type Outcome, type Step, StoryError } from './step.ts';

/** RFC 9568 §6.1 for priority 100 at one advert a second: 3 intervals and (256 - 100) / 256 of one. */
const masterDownInterval = 3_609_375;
/** How much later than the RFC's instant the client may be served again. */
const tolerance = 150_000;

/** The story of a virtual address: from an election to the death of its master and back. */
export const storyOfTheVip: readonly Step<Stage>[] = [
  {
    title: 'Both daemons start; router1 has the higher priority and becomes master.',
    name: 'steady state',
    play: steadyState,
  },
  {
    title: 'The web service on the master dies: its track_script lowers the priority.',
    name: 'web service dies',
    play: serviceDies,
  },
  {
    title: 'The web service comes back: so does the address.',
    name: 'web service returns',
    play: serviceReturns,
  },
  {
    title: `${addedVip} is added to the files of both; SIGHUP.`,
    name: 'address added, SIGHUP',
    play: addAddress,
  },
  {
    title: 'The last brace is forgotten in the file of the master; SIGHUP.',
    name: 'broken file, SIGHUP',
    play: breakFile,
  },
  {
    title: 'The process that speaks VRRP on the master is killed.',
    name: 'vrrp worker killed',
    play: killWorker,
  },
  {
    title: 'The master dies: SIGKILL to all of it, and its cable is pulled.',
    name: 'master dies',
    play: crash,
  },
  {
    title: 'The dead router returns, and has the higher priority still.',
    name: 'master returns, preempts',
    play: returnAndPreempt,
  },
  { title: 'The master is stopped in good order: SIGTERM.', name: 'graceful stop', play: gracefulStop },
];

async function steadyState(stage: Stage): Promise<Outcome> {
  await untilOwner(stage, 'router1', 15_000);
  await untilServedBy(stage, 'router1', 0, 5000);
  await pause(500);
  const from = monotonicMicros();
  await pause(2500);
  const sent = stage.adverts.from('router1', from).length;
  const outcome = await nothingLost(stage, from, `router1 is master, ${sent} adverts in 2.5 s`);
  return { ...outcome, good: outcome.good && sent >= 2 && sent <= 3 };
}

async function serviceDies(stage: Stage, say: (line: string) => void): Promise<Outcome> {
  const from = monotonicMicros();
  stage.web('router1').kill();
  say('router1 refuses connections now; its check notices after two failures');
  await untilOwner(stage, 'router2', 10_000);
  const moved = monotonicMicros();
  await untilServedBy(stage, 'router2', from, 3000);
  return settled(stage, from, true, `address moved to router2 after ${inSeconds(moved - from)}`);
}

async function serviceReturns(stage: Stage): Promise<Outcome> {
  const from = monotonicMicros();
  await stage.web('router1').start();
  await untilOwner(stage, 'router1', 12_000);
  const moved = monotonicMicros();
  await untilServedBy(stage, 'router1', from, 3000);
  return settled(stage, from, true, `address back on router1 after ${inSeconds(moved - from)}`);
}

async function addAddress(stage: Stage): Promise<Outcome> {
  const from = monotonicMicros();
  for (const host of stage.network.routers) {
    const daemon = stage.daemon(host);
    const text = readFileSync(daemon.configFile, 'utf8');
    daemon.writeConfig(text.replace(`${vip}/24`, `${vip}/24\n        ${addedVip}/24`));
    daemon.signal('SIGHUP');
  }
  const there = await eventually(3000, () => stage.addresses.holds('router1', addedVip));
  if (there === undefined) throw new StoryError(`${addedVip} did not appear on router1 within 3 s`);
  const after = monotonicMicros() - from;
  await pause(2000);
  const outcome = await nothingLost(stage, from, `${addedVip} there after ${inMilliseconds(after)}`);
  return { ...outcome, good: outcome.good && stage.addresses.owners(vip).join() === 'router1' };
}

async function breakFile(stage: Stage, say: (line: string) => void): Promise<Outcome> {
  const daemon = stage.daemon('router1');
  const good = readFileSync(daemon.configFile, 'utf8');
  const before = daemon.processes().join();
  const from = monotonicMicros();
  daemon.writeConfig(good.replace(/\}\s*$/, ''));
  daemon.signal('SIGHUP');
  const told = await eventually(2000, () => refusals(stage, 'router1', from).length > 0);
  await pause(2000);
  for (const line of refusals(stage, 'router1', from).slice(0, 2))
    say(`router1 says: ${withoutPlace(stage, line.text)}`);
  daemon.writeConfig(good);
  const kept = stage.addresses.holds('router1', vip) && stage.addresses.holds('router1', addedVip);
  const outcome = await nothingLost(
    stage,
    from,
    kept ? 'refused, everything runs on' : 'addresses were lost',
  );
  return { ...outcome, good: outcome.good && kept && told === true && before === daemon.processes().join() };
}

/** A line of the log without its date and the folder of the file, which are of this run only. */
const withoutPlace = (stage: Stage, line: string): string =>
  line.replace(/^\w{3} \w{3} +\d+ [\d:]+ \d{4}: /, '').replaceAll(`${stage.network.directory}/router1/`, '');

async function killWorker(stage: Stage, say: (line: string) => void): Promise<Outcome> {
  const daemon = stage.daemon('router1');
  const victims = daemon.vrrpWorkers();
  const changes = stage.addresses.changes.length;
  const from = monotonicMicros();
  victims.forEach(kill);
  say(`process ${victims.join(', ')} of router1 was sent SIGKILL`);
  const replaced = await eventually(5000, () => daemon.vrrpWorkers().some((pid) => !victims.includes(pid)));
  const after = monotonicMicros() - from;
  await pause(3000);
  const stayed = stage.addresses.changes.length === changes;
  const seen = `replaced after ${inMilliseconds(after)}, address ${stayed ? 'never left' : 'moved'}`;
  const outcome = await nothingLost(stage, from, replaced === undefined ? 'not replaced' : seen);
  return { ...outcome, good: outcome.good && stayed && replaced === true && victims.length > 0 };
}

async function crash(stage: Stage, say: (line: string) => void): Promise<Outcome> {
  const from = monotonicMicros();
  stage.daemon('router1').killAll();
  stage.network.unplug('router1');
  say('router1 is silent now; router2 waits for three adverts that do not come');
  await untilServedBy(stage, 'router2', from, 8000);
  const served = stage.probe.requests.find(
    (request) => request.started >= from && request.detail === 'router2',
  );
  const outage = (served?.ended ?? Number.NaN) - from;
  const gap =
    (stage.adverts.from('router2', from)[0]?.at ?? Number.NaN) -
    (stage.adverts.from('router1').at(-1)?.at ?? 0);
  const seen = `client served by router2 after ${inMilliseconds(outage)} (last advert to first: ${inMilliseconds(gap)})`;
  return settled(stage, from, outage <= masterDownInterval + tolerance, seen);
}

async function returnAndPreempt(stage: Stage): Promise<Outcome> {
  const from = monotonicMicros();
  stage.boot('router1', readFileSync(stage.daemon('router1').configFile, 'utf8'));
  const clean = await eventually(5000, () => !stage.addresses.holds('router1', vip));
  if (clean === undefined) throw new StoryError(`${vip} of the dead master was left on router1`);
  stage.network.plug('router1');
  await untilOwner(stage, 'router1', 12_000);
  const after = monotonicMicros() - from;
  await untilServedBy(stage, 'router1', from, 3000);
  return settled(stage, from, true, `left-over address removed, master again after ${inSeconds(after)}`);
}

async function gracefulStop(stage: Stage): Promise<Outcome> {
  const from = monotonicMicros();
  const ending = stage.daemon('router1').stop();
  await untilOwner(stage, 'router2', 5000);
  await untilServedBy(stage, 'router2', from, 3000);
  const farewell = stage.adverts.from('router1', from).some((advert) => advert.priority === 0);
  const status = await ending;
  await pause(1500);
  const outage = stage.probe.outage(from);
  // Skew time of priority 100 (RFC 9568 §6.1): 0.609 s.
  const good = status === 0 && farewell && outage <= 609_375 + tolerance + 100_000;
  return settled(
    stage,
    from,
    good,
    `priority 0 ${farewell ? 'sent' : 'not sent'}, exit ${status}, outage ${inMilliseconds(outage)}`,
  );
}
