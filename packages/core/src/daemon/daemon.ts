import { readFileSync } from 'node:fs';
import type { Config } from '@holdfast/config';
import { type Micros, micros, optimizeLater, workingDirectory } from '@holdfast/kit';
import type { OnSignal } from '@holdfast/native';
import { openRouteNetlink, type RouteNetlink } from '@holdfast/netlink';
import type { SavedInstance } from '@holdfast/vrrp';
import { type ControlSocket, openControl } from '../control/control.ts';
import { controlDesk, type Desk } from '../control/desk.ts';
import { type EventRing, eventRing } from '../control/event-ring.ts';
import { socketPath } from '../control/socket-file.ts';
import type { Logger } from '../log/logger.ts';
import type { Options } from '../options/parse.ts';
import type { RestartDecision } from '../restart/decision.ts';
import { endHurry } from '../restart/hurry.ts';
import { inherit } from '../restart/inherit.ts';
import { machineAccounts } from '../scripts/accounts.ts';
import { machineScripts } from '../scripts/machine-scripts.ts';
import { type ScriptRunner, scriptRunner } from '../scripts/script-runner.ts';
import type { HealthcheckSupervisor } from '../supervisor/healthcheck-supervisor.ts';
import type { VrrpSupervisor } from '../supervisor/vrrp-ports.ts';
import { timerMillis } from '../supervisor/vrrp-supervisor.ts';
import { dumpDirectory, type dumpNames, writeDump } from '../system/dump-file.ts';
import { type HeldAddresses, heldAddresses, presentPlace } from '../system/held-addresses.ts';
import { type ServiceManager, serviceManager } from '../system/service-manager.ts';
import { missingCapabilities } from './capabilities.ts';
import type { ReadConfiguration, Reading } from './configuration.ts';
import { exitStatus } from './exit-status.ts';
import { superviseHealthcheck } from './healthcheck.ts';
import { logReading } from './log-reading.ts';
import { daemonMessages as say } from './messages.ts';
import { endOnBugs, openLog, tellStart } from './opening.ts';
import { configurationDump, parentDump } from './parent-dump.ts';
import { claimPidFiles, type PidFiles } from './pid-files.ts';
import { configurationReader, customaryPath } from './read-configuration.ts';
import { refuse, refuseClaim, tellStarter } from './refuse.ts';
import { reloader } from './reload.ts';
import { leaveNote, prepareRestart, renewInherited } from './restart.ts';
import { requestOf } from './signals.ts';
import type { Start } from './start.ts';
import { superviseVrrp } from './vrrp.ts';
import { type Holder, holderOf, type Withdrawn, withdrawAddresses } from './withdraw.ts';

/** What the parts of a running daemon share. */
interface Daemon {
  readonly start: Start;
  readonly logger: Logger;
  readonly manager: ServiceManager;
  readonly read: ReadConfiguration;
  readonly pidFiles: PidFiles;
  readonly held: HeldAddresses;
  readonly netlink: RouteNetlink;
  readonly scripts: ScriptRunner;
  readonly supervisor: VrrpSupervisor;
  readonly healthcheck: HealthcheckSupervisor;
  readonly events: EventRing;
  readonly desk: Desk;
  control: ControlSocket | undefined;
  /** Removals of addresses under way: the daemon does not end before they are done. */
  readonly withdrawals: Set<Promise<void>>;
  /** The dumps that are being written, one after the other. */
  dumps: Promise<void>;
  config: Config;
  /** Of the configuration in force. */
  fingerprint: string;
  /** What a daemon that was stopped for a restart has left. */
  readonly inherited: RestartDecision;
  stopping: boolean;
}

/** Descriptors 0 to 2 are passed on; whatever else the shell left open is not. */
const firstStrayDescriptor = 3;
const customaryUmask = 0o177;

/** Runs the daemon until it is told to stop; ends the process. */
export async function startDaemon(start: Start): Promise<void> {
  const { addon, line, launcher } = start;
  const optimize = optimizeLater();
  addon.closeOnExecFrom(firstStrayDescriptor);
  process.umask(line.options.umask ?? customaryUmask);
  const events = eventRing();
  const logger = openLog(start, events);
  endOnBugs(start, logger);
  tellStart(start, logger);
  const lacking = missingCapabilities(readFileSync('/proc/self/status', 'utf8'));
  if (lacking.length > 0)
    return refuse(start, logger, say.missingPermission(lacking), exitStatus.missingPermission);
  const pidFiles = claimPidFiles(line.options, addon, (why) => logger.log(say.pidFileUnusable(why)));
  if (!pidFiles.ok) return refuseClaim(start, logger, pidFiles.error);
  const read = configurationReader(line.options, process.env, addon);
  const reading = await read();
  logger.together(() => logReading(reading, (record) => logger.log(record)));
  if (reading.refusal !== undefined) {
    pidFiles.value.remove();
    const { line: why, isRemark, status } = reading.refusal;
    const record = isRemark ? say.configurationFatal : say.configurationMissing(why);
    return refuse(start, logger, record, status, isRemark ? `${why}\n` : '');
  }
  const unclaimed = wantsChecks(line.options, reading.config) ? pidFiles.value.claimCheckers() : undefined;
  if (unclaimed !== undefined) {
    pidFiles.value.remove();
    return refuseClaim(start, logger, unclaimed);
  }
  await keepRunning(assemble(start, { logger, events }, read, reading, pidFiles.value)).finally(optimize);
  launcher?.ready();
}

function assemble(
  start: Start,
  { logger, events }: Pick<Daemon, 'logger' | 'events'>,
  read: ReadConfiguration,
  reading: Reading,
  pidFiles: PidFiles,
): Daemon {
  const now = (): Micros => micros(start.addon.monotonicMicros());
  const inherited = inherit(pidFiles.restartNote, reading.fingerprint, now(), (record) => logger.log(record));
  const holder: { daemon: Daemon | undefined } = { daemon: undefined };
  const the = (): Daemon => holder.daemon ?? neverAssembled();
  const scripts = scriptRunner({
    machine: machineScripts(process.env),
    accounts: machineAccounts,
    global: () => the().config.global,
    failed: (path, why) => logger.log(say.scriptFailed(path, why)),
  });
  const common = {
    options: start.line.options,
    logger,
    scripts,
    now,
    later,
    stopping: () => the().stopping,
  };
  const desk = deskFor(start, events, inherited, the);
  const daemon: Daemon = {
    start,
    logger,
    manager: serviceManager(start.addon, process.env),
    read,
    pidFiles,
    held: heldAddresses(pidFiles.heldAddresses, presentPlace(), (reason) =>
      logger.log(say.heldUnnoted(reason)),
    ),
    netlink: openRouteNetlink(),
    scripts,
    supervisor: superviseVrrp({
      ...common,
      inherited: inherited.instances,
      early: start.worker,
      desk,
      inCharge: (pid) => the().pidFiles.vrrp(pid),
      dumped: (what, text) => dump(the(), what, text),
      held: (masters) => followMasters(the(), masters),
      withdraw: (instances) => withdraw(the(), instances),
      sweep: (instances) => withdraw(the(), instances.map(holderOf), 'marked'),
      fatal: (status, lastError) => endFatally(the(), 'VRRP', status, lastError),
    }),
    healthcheck: superviseHealthcheck({
      ...common,
      inherited: inherited.pools,
      desk,
      inCharge: (pid) => the().pidFiles.checkers(pid),
      dumped: (text) => dump(the(), 'check', text),
      fatal: (status, lastError) => endFatally(the(), 'healthcheck', status, lastError),
    }),
    events,
    desk,
    control: undefined,
    withdrawals: new Set(),
    dumps: Promise.resolve(),
    config: reading.config,
    fingerprint: reading.fingerprint,
    inherited,
    stopping: false,
  };
  holder.daemon = daemon;
  return daemon;
}

function deskFor(
  { line, addon }: Start,
  events: EventRing,
  { orders }: RestartDecision,
  the: () => Daemon,
): Desk {
  return controlDesk({
    configurationFile: line.options.configurationFile ?? customaryPath,
    readAs: {
      directory: workingDirectory(),
      configId: line.options.configId ?? null,
      withVrrp: line.options.withVrrp,
      withChecks: line.options.withChecks,
    },
    inherited: orders,
    events,
    now: () => micros(addon.monotonicMicros()),
    wallNow: () => Date.now(),
    later,
    config: () => the().config,
    vrrp: () => the().supervisor,
    healthcheck: () => the().healthcheck,
  });
}

/** The instances that are master now, with their addresses. */
function followMasters({ held, healthcheck }: Daemon, masters: readonly SavedInstance[]): void {
  held.note(masters.flatMap(({ addresses }) => addresses));
  healthcheck.follow(masters.map(({ name }) => name));
}

function neverAssembled(): never {
  throw new TypeError('a worker spoke before the daemon was assembled');
}

function endFatally(daemon: Daemon, worker: 'VRRP' | 'healthcheck', status: number, lastError: string): void {
  const { start } = daemon;
  // Who started the daemon without -l reads why it ends all the same.
  if (status !== exitStatus.orderly && !start.line.options.logToConsole)
    tellStarter(start, `holdfastd: the ${worker} process cannot run (status ${status}): ${lastError}\n`);
  void stop(daemon, status);
}

function later(delay: Micros, act: () => void): () => void {
  const timer = setTimeout(act, timerMillis(delay));
  return () => clearTimeout(timer);
}

/** From here on the process may be found by its name and its pid file. */
async function keepRunning(daemon: Daemon): Promise<void> {
  const { start, logger, manager, config } = daemon;
  start.onSignal(signalHandler(daemon));
  // Told to stop before there was anything to stop: no worker is started any more.
  if (daemon.stopping) return;
  process.title = config.global.processNames.parent ?? 'keepalived';
  daemon.pidFiles.parent(process.pid);
  if (start.line.options.dumpConfiguration) {
    for (const text of configurationDump(config)) logger.log(say.dumpLine(text));
  }
  removeLeftAddresses(daemon);
  // What is not gone on with is away before anybody listens.
  if (daemon.inherited.withdraw.length > 0) await withdraw(daemon, daemon.inherited.withdraw);
  await applyConfiguration(daemon, config, 'start');
  void renewInherited(daemon);
  endHurry(start.addon);
  // Where VRRP is left out nobody has taken it.
  start.worker?.discard();
  logger.log(say.startupComplete);
  manager.notify(`READY=1\nMAINPID=${process.pid}\nSTATUS=Running`);
  manager.keepAlive();
  void openControlSocket(daemon);
}

/** Last of all: what serves operators delays nothing that serves clients. */
async function openControlSocket(daemon: Daemon): Promise<void> {
  const { controlSocket, pidFiles } = daemon.start.line.options;
  const path = socketPath(controlSocket, pidFiles.parent);
  daemon.control = await openControl(path, daemon.desk, daemon.events, daemon.logger);
  if (daemon.stopping) daemon.control?.close();
}

/**
 * Addresses of a daemon that was killed with all its processes, and that the file no longer names. Those that it names
 * are the worker's to remove, or to go on holding.
 */
function removeLeftAddresses(daemon: Daemon): void {
  const named = daemon.config.vrrpInstances.flatMap((instance) => holderOf(instance).addresses);
  const left = daemon.held
    .left()
    .filter((old) => !named.some((one) => one.address === old.address && one.interface === old.interface));
  if (left.length === 0) return;
  daemon.logger.log(say.leftAddresses(left.map(({ address }) => address)));
  void withdraw(daemon, [{ addresses: left }]);
}

/** Hands the workers their slices; a worker is started when there is something for it to do. */
async function applyConfiguration(daemon: Daemon, config: Config, reason: 'start' | 'reload'): Promise<void> {
  const { supervisor, healthcheck, start } = daemon;
  const { options } = start.line;
  const wantsVrrp = options.withVrrp && (config.vrrpInstances.length > 0 || options.startAll);
  const hasVrrp = wantsVrrp || supervisor.running;
  const hasChecks = wantsChecks(options, config) || healthcheck.inUse;
  const { global, vrrpScripts, vrrpInstances, virtualServers } = config;
  if (!hasVrrp && !hasChecks) {
    daemon.logger.log(say.nothingToDo);
    holdOpen();
  }
  await Promise.all([
    hasVrrp ? supervisor.configure({ global, vrrpScripts, vrrpInstances }, reason) : undefined,
    hasChecks ? healthcheck.configure({ global, virtualServers }, reason) : undefined,
  ]);
}

const wantsChecks = ({ withChecks, startAll }: Options, { global, virtualServers }: Config): boolean =>
  withChecks && (virtualServers.length > 0 || global.health?.syncDaemon !== undefined || startAll);

/** Without workers nothing else keeps the process alive. */
function holdOpen(): void {
  setInterval(() => undefined, 0x7fff_ffff);
}

function signalHandler(daemon: Daemon): OnSignal {
  const { start, logger, manager } = daemon;
  const reload = reloader({
    read: daemon.read,
    running: () => daemon.config,
    apply: async (config, fingerprint) => {
      daemon.config = config;
      daemon.fingerprint = fingerprint;
      daemon.scripts.forgetAccounts();
      await applyConfiguration(daemon, config, 'reload');
    },
    log: (record) => logger.log(record),
    together: (run) => logger.together(run),
    announce: (state, status) => {
      const reloading = `RELOADING=1\nMONOTONIC_USEC=${start.addon.monotonicMicros()}`;
      manager.notify(`${state === 'reloading' ? reloading : 'READY=1'}\nSTATUS=${status}`);
      if (state === 'ready') daemon.desk.reloaded(status);
    },
  });
  return (signal, sender, name) => {
    const request = requestOf(signal, start.line.options.ignoreInterrupt);
    // Who has stopped it is asked most often where nobody has thought of -D.
    logger.log({ ...say.signal(signal, sender, name), detail: request !== 'stop' || sender === 0 });
    if (daemon.stopping || request === 'nothing') return;
    if (request === 'stop') void stop(daemon, exitStatus.orderly);
    else if (request === 'restart')
      void prepareRestart(daemon).then((staying) => stop(daemon, exitStatus.orderly, staying));
    else if (request === 'reload') void reload();
    else {
      if (request === 'data') dump(daemon, 'parent', parentDump(daemon.config));
      daemon.supervisor.tell({ kind: 'dump', what: request });
      if (request === 'data') daemon.healthcheck.dump();
    }
  };
}

/** One after the other: two signals must not write the same file at the same time. */
function dump(daemon: Daemon, what: keyof typeof dumpNames, text: string): void {
  daemon.dumps = daemon.dumps.then(() => dumpOnce(daemon, what, text));
}

async function dumpOnce(daemon: Daemon, what: keyof typeof dumpNames, text: string): Promise<void> {
  const written = await writeDump(dumpDirectory(process.env), what, text);
  daemon.logger.log(written.ok ? say.dumping(what, written.value) : say.dumpFailed(written.error));
}

/** @param which all of the addresses, or only those with the mark that workers set */
function withdraw(daemon: Daemon, holders: readonly Holder[], which: Withdrawn = 'all'): Promise<void> {
  const done = withdrawAddresses(daemon.netlink, holders, which).then((result) => {
    daemon.withdrawals.delete(done);
    for (const text of result.ok ? [] : result.error)
      daemon.logger.log(say.withdrawFailed(`A VIP could not be removed: ${text}`));
  });
  daemon.withdrawals.add(done);
  return done;
}

/** @param staying the instances that the next start goes on with; undefined: everything is given back */
async function stop(daemon: Daemon, status: number, staying?: readonly SavedInstance[]): Promise<void> {
  if (daemon.stopping) return;
  daemon.stopping = true;
  const { supervisor, healthcheck, scripts, logger } = daemon;
  logger.log(say.stopping);
  daemon.manager.notify('STOPPING=1\nSTATUS=Stopping');
  daemon.control?.close();
  const patience = daemon.config.global.childWaitTime;
  // Before a restart adverts go on to the very end, so that the last one is as fresh as can be.
  if (staying !== undefined) await healthcheck.stop(patience, true);
  scripts.endTracked();
  const names = staying?.map(({ name }) => name);
  await Promise.all([
    supervisor.stop(patience, names),
    staying === undefined ? healthcheck.stop(patience) : undefined,
  ]);
  const abandoned =
    staying === undefined ? [] : leaveNote(daemon, staying, micros(daemon.start.addon.monotonicMicros()));
  if (abandoned !== undefined) {
    if (abandoned.length > 0) void withdraw(daemon, abandoned);
    await Promise.all([scripts.supervisedEnded(), ...daemon.withdrawals]);
    if (!daemon.start.line.options.dontReleaseVrrp) daemon.held.remove();
  }
  daemon.pidFiles.remove();
  logger.reportDropped();
  logger.log(say.stopped);
  logger.close();
  setImmediate(() => process.exit(status));
}
