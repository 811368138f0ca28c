import { kill } from '../../../lab-support/daemon.ts';
import { monotonicMicros } from '../../../lab-support/monotonic.ts';
import { eventually, pause } from '../../../lab-support/until.ts';
import { inMilliseconds, inSeconds } from '../../acts.ts';
import { type Outcome, type Step, StoryError } from '../../step.ts';
import { pools, type ServerName } from '../cast.ts';
import {
  answersIn,
  nothingLost,
  nothingLostAfter,
  reconfigure,
  settle,
  untilAnswersFrom,
  untilTable,
  workerPid,
} from './acts.ts';
import { drain } from './drain.ts';
import { withServer } from './edits.ts';
import { holdConnection } from './held-connection.ts';
import { noPools, wantedPools } from './pools-text.ts';
import { sharesSeen } from './shares.ts';
import { firstServers, type PoolStage } from './stage.ts';

const allServers: readonly ServerName[] = [...firstServers, 'server4'];
/** server1 is drained in the middle of the story, and stays so. */
const fourWithOneDrained = wantedPools(allServers, ['server1']);

/** Milliseconds: in user-mode Linux on a busy machine everything takes long. How long it took is told. */
const patience = 20_000;

/** The story of a pool: its servers die, return, come and go, and so do the table and the worker that keeps it. */
export const storyOfThePool: readonly Step<PoolStage>[] = [
  {
    title: 'The director takes both addresses; its checks find three servers healthy.',
    name: 'pool comes up',
    play: comesUp,
  },
  { title: 'The web service on server2 dies: SIGKILL.', name: 'server2 dies', play: serverDies },
  { title: 'The web service on server2 comes back.', name: 'server2 returns', play: serverReturns },
  { title: 'server4 is added to the file; SIGHUP.', name: 'server4 added, SIGHUP', play: addServer },
  {
    title: 'server1 gets weight 0 in the file, with a download from it under way; SIGHUP.',
    name: 'server1 drained',
    play: (stage, say) => drain(stage, say, fourWithOneDrained),
  },
  { title: 'Somebody empties the table: ipvsadm -C.', name: 'ipvsadm -C by somebody', play: emptyTable },
  {
    title: 'The process that keeps the table, the healthcheck worker, is killed.',
    name: 'healthcheck worker killed',
    play: killWorker,
  },
  { title: 'All four web services die at once.', name: 'all servers die', play: allDie },
  { title: 'Two of them come back.', name: 'two return', play: twoReturn },
  { title: 'The director is stopped in good order: SIGTERM.', name: 'graceful stop', play: gracefulStop },
];

async function comesUp(stage: PoolStage): Promise<Outcome> {
  await untilTable(stage, wantedPools(firstServers), 0, patience);
  for (const server of firstServers) await untilAnswersFrom(stage, server, 0);
  await pause(500);
  const from = monotonicMicros();
  await pause(3000);
  const to = await settle(stage);
  const shares = sharesSeen(answersIn(stage, from, to, 'NAT'), answersIn(stage, from, to, 'DR'));
  const lost = stage.probes.some(({ probe }) => probe.lost(from, to).length > 0);
  return { good: shares.good && !lost, seen: shares.seen, from, to };
}

async function serverDies(stage: PoolStage, say: (line: string) => void): Promise<Outcome> {
  const from = monotonicMicros();
  stage.web('server2').kill();
  say('it refuses connections now; a second check confirms it');
  const healed = await untilTable(stage, wantedPools(['server1', 'server3']), from, patience);
  say('server2 has left both pools');
  await pause(2000);
  const answered = (to: number): boolean => !answersIn(stage, healed, to).has('server2');
  return nothingLostAfter(
    stage,
    { from, healed },
    `out of both pools after ${inSeconds(healed - from)}`,
    answered,
  );
}

async function serverReturns(stage: PoolStage): Promise<Outcome> {
  const from = monotonicMicros();
  await stage.web('server2').start();
  const up = monotonicMicros();
  const there = await untilTable(stage, wantedPools(firstServers), up, patience);
  await untilAnswersFrom(stage, 'server2', there);
  return nothingLost(
    stage,
    from,
    `in both pools again ${inSeconds(there - up)} after it answers, and serves`,
  );
}

async function addServer(stage: PoolStage): Promise<Outcome> {
  await stage.web('server4').start();
  const before = connectionsOf(stage, 'server1');
  const from = monotonicMicros();
  reconfigure(stage, (text) => withServer(text, 'server3', 'server4'));
  const there = await untilTable(stage, wantedPools(allServers), from, patience);
  await untilAnswersFrom(stage, 'server4', there);
  await pause(1000);
  const kept = connectionsOf(stage, 'server1') >= before && before > 0;
  const seen = `in both pools after ${inMilliseconds(there - from)}, and serves; the others' counters ${kept ? 'go on' : 'began anew'}`;
  return nothingLost(stage, from, seen, () => kept);
}

/** Connections that the kernel has counted for a server of the pool by NAT since its entry was made. */
const connectionsOf = (stage: PoolStage, server: ServerName): number =>
  stage.table.now().NAT.find((entry) => entry.server === server)?.connections ?? 0;

async function emptyTable(stage: PoolStage): Promise<Outcome> {
  const from = monotonicMicros();
  const flushed = await stage.table.flush();
  const healed = await untilRepaired(stage, flushed);
  await pause(1500);
  return nothingLostAfter(stage, { from, healed }, `whole again after ${inMilliseconds(healed - flushed)}`);
}

/** The watch may have missed that the table was empty; that it was read since and is whole is enough. */
async function untilRepaired(stage: PoolStage, flushed: number): Promise<number> {
  await eventually(3000, () => (stage.table.changes.at(-1)?.at ?? 0) >= flushed);
  return untilTable(stage, fourWithOneDrained, flushed, patience);
}

async function killWorker(stage: PoolStage, say: (line: string) => void): Promise<Outcome> {
  const victim = workerPid(stage);
  if (victim === undefined) throw new StoryError('there is no healthcheck worker');
  const download = await holdConnection(stage.network, pools[0]?.address ?? '', 'server2');
  say('the client downloads something from server2');
  const changes = stage.table.changes.length;
  const from = monotonicMicros();
  kill(victim);
  say(`process ${victim} was sent SIGKILL`);
  const successor = (): boolean => ![undefined, 0, victim].includes(workerPid(stage));
  const replaced = await eventually(patience, successor);
  const after = monotonicMicros() - from;
  await pause(3000);
  const stayed = stage.table.changes.length === changes;
  const goesOn = download.goesOn(from + after);
  const seen = [
    replaced === undefined ? 'not replaced' : `replaced after ${inMilliseconds(after)}`,
    `the table ${stayed ? 'never changed' : 'changed'}`,
    `the download ${goesOn ? 'goes on' : 'broke off'}`,
  ];
  return nothingLost(stage, from, seen.join(', '), () => stayed && goesOn && replaced === true);
}

async function allDie(stage: PoolStage, say: (line: string) => void): Promise<Outcome> {
  const from = monotonicMicros();
  for (const server of allServers) stage.web(server).kill();
  const healed = await untilTable(stage, wantedPools(['sorry']), from, patience);
  say('the sorry server stands in');
  await pause(2000);
  const onlySorry = (to: number): boolean => [...answersIn(stage, healed, to).keys()].join() === 'sorry';
  return nothingLostAfter(
    stage,
    { from, healed },
    `sorry server alone after ${inSeconds(healed - from)}`,
    onlySorry,
  );
}

async function twoReturn(stage: PoolStage): Promise<Outcome> {
  const returning: readonly ServerName[] = ['server2', 'server3'];
  const from = monotonicMicros();
  await Promise.all(returning.map((server) => stage.web(server).start()));
  const there = await untilTable(stage, wantedPools(returning), from, patience);
  for (const server of returning) await untilAnswersFrom(stage, server, there);
  const relieved = (to: number): boolean => !answersIn(stage, there, to).has('sorry');
  return nothingLost(stage, from, 'they serve, the sorry server is relieved', relieved);
}

async function gracefulStop(stage: PoolStage): Promise<Outcome> {
  const from = monotonicMicros();
  const status = await stage.daemon.stop();
  const after = monotonicMicros() - from;
  const empty = (await eventually(1000, () => stage.table.changes.at(-1)?.text === noPools)) === true;
  const seen = `exit ${status} after ${inMilliseconds(after)}, ${empty ? 'nothing left in the table' : 'entries left in the table'}`;
  return { good: status === 0 && empty, seen, from, to: from };
}
