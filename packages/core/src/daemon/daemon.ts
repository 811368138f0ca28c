import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Config } from '@holdfast/config';
import { type Micros, micros } from '@holdfast/kit';
import type { Addon } from '@holdfast/native';
import { openRouteNetlink, type RouteNetlink } from '@holdfast/netlink';
import type { VrrpFact } from '@holdfast/vrrp';
import { createLogger, type Logger } from '../log/logger.ts';
import type { CommandLine, Options } from '../options/parse.ts';
import { machineAccounts } from '../scripts/accounts.ts';
import { cleanEnvironment } from '../scripts/invocation.ts';
import { machineScripts } from '../scripts/machine-scripts.ts';
import { type ScriptRunner, scriptRunner } from '../scripts/script-runner.ts';
import { fromVrrp } from '../supervisor/from-vrrp.ts';
import type { HealthcheckSupervisor } from '../supervisor/healthcheck-supervisor.ts';
import { timerMillis, type VrrpSupervisor, vrrpSupervisor } from '../supervisor/vrrp-supervisor.ts';
import { workerForker } from '../supervisor/worker-process.ts';
import { dumpDirectory, type dumpNames, writeDump } from '../system/dump-file.ts';
import { type HeldAddresses, heldAddresses, presentPlace } from '../system/held-addresses.ts';
import { type ServiceManager, serviceManager } from '../system/service-manager.ts';
import type { Launcher } from './background.ts';
import { missingCapabilities } from './capabilities.ts';
import type { ReadConfiguration, Reading } from './configuration.ts';
import { exitStatus } from './exit-status.ts';
import { superviseHealthcheck } from './healthcheck.ts';
import { logOutputs } from './log-outputs.ts';
import { logReading } from './log-reading.ts';
import { daemonMessages as say } from './messages.ts';
import { configurationDump, parentDump } from './parent-dump.ts';
import { claimPidFiles, type PidFiles } from './pid-files.ts';
import { configurationReader } from './read-configuration.ts';
import { refuse, refuseClaim, tellStarter } from './refuse.ts';
import { reloader } from './reload.ts';
import { requestOf } from './signals.ts';
import { type Holder, holderOf, type Withdrawn, withdrawAddresses } from './withdraw.ts';

export interface Start {
  readonly line: Extract<CommandLine, { kind: 'run' }>;
  readonly words: readonly string[];
  readonly addon: Addon;
  /** Who waits for a start in the background. */
  readonly launcher: Launcher | undefined;
  readonly onSignal: (handler: (signal: number) => void) => void;
}

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
  /** Removals of addresses under way: the daemon does not end before they are done. */
  readonly withdrawals: Set<Promise<void>>;
  /** The dumps that are being written, one after the other. */
  dumps: Promise<void>;
  config: Config;
  stopping: boolean;
}

/** Descriptors 0 to 2 are passed on; whatever else the shell left open is not. */
const firstStrayDescriptor = 3;
const customaryUmask = 0o177;

/** Runs the daemon until it is told to stop; ends the process. */
export async function startDaemon(start: Start): Promise<void> {
  const { addon, line, launcher } = start;
  addon.closeOnExecFrom(firstStrayDescriptor);
  process.umask(line.options.umask ?? customaryUmask);
  const logger = openLog(start);
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
  await keepRunning(assemble(start, logger, read, reading, pidFiles.value));
  launcher?.ready();
}

function openLog({ line, addon, launcher }: Start): Logger {
  const logger = createLogger({
    outputs: logOutputs(line.options, addon, process.env, launcher?.console),
    detail: line.options.logDetail > 0,
    pid: process.pid,
    now: () => Date.now(),
  });
  if (!logger.works() && line.options.logToSyslog)
    tellStarter({ launcher }, `holdfastd: ${say.noLogDestination}\n`);
  setInterval(() => logger.reportDropped(), 10_000).unref();
  return logger;
}

/** A bug must not leave a half-dead daemon: it ends, and its workers withdraw because it has ended. */
function endOnBugs({ line, launcher }: Start, logger: Logger): void {
  const end = (error: unknown): void => {
    const record = say.bug(error instanceof Error ? (error.stack ?? error.message) : String(error));
    logger.log(record);
    if (!line.options.logToConsole) tellStarter({ launcher }, `holdfastd: ${record.text}\n`);
    logger.close();
    process.exit(exitStatus.internalError);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

function tellStart({ line, words }: Start, logger: Logger): void {
  logger.log(say.starting);
  logger.log(say.runningOn(`Linux ${release()}`, process.version));
  logger.log(say.commandLine(['holdfastd', ...words]));
  for (const remark of line.remarks) logger.log(say.remark(remark));
  if (line.notInEffect.length > 0) logger.log(say.notInEffect(line.notInEffect));
}

function assemble(
  start: Start,
  logger: Logger,
  read: ReadConfiguration,
  reading: Reading,
  pidFiles: PidFiles,
): Daemon {
  const { NOTIFY_SOCKET: notifySocket } = process.env;
  const holder: { daemon: Daemon | undefined } = { daemon: undefined };
  const the = (): Daemon => holder.daemon ?? neverAssembled();
  const scripts = scriptRunner({
    machine: machineScripts(process.env),
    accounts: machineAccounts,
    global: () => the().config.global,
    failed: (path, why) => logger.log(say.scriptFailed(path, why)),
  });
  const daemon: Daemon = {
    start,
    logger,
    manager: serviceManager(start.addon, notifySocket),
    read,
    pidFiles,
    held: heldAddresses(pidFiles.heldAddresses, presentPlace(), (reason) =>
      logger.log(say.heldUnnoted(reason)),
    ),
    netlink: openRouteNetlink(),
    scripts,
    supervisor: superviseVrrp(start, logger, the),
    healthcheck: superviseHealthcheck({
      options: start.line.options,
      logger,
      scripts,
      now: () => micros(start.addon.monotonicMicros()),
      later,
      inCharge: (pid) => the().pidFiles.checkers(pid),
      dumped: (text) => dump(the(), 'check', text),
      stopping: () => the().stopping,
      fatal: (status, lastError) => endFatally(the(), 'healthcheck', status, lastError),
    }),
    withdrawals: new Set(),
    dumps: Promise.resolve(),
    config: reading.config,
    stopping: false,
  };
  holder.daemon = daemon;
  return daemon;
}

function neverAssembled(): never {
  throw new TypeError('a worker spoke before the daemon was assembled');
}

function superviseVrrp({ addon, line }: Start, logger: Logger, the: () => Daemon): VrrpSupervisor {
  const { options } = line;
  let lastError = '';
  const bundle = fileURLToPath(new URL('./holdfast-vrrp.mjs', import.meta.url));
  return vrrpSupervisor(
    {
      worker: {
        dontReleaseVrrp: options.dontReleaseVrrp,
        releaseVips: options.releaseVips,
        logDetail: options.logDetail > 0,
      },
      respawn: options.respawn,
    },
    {
      fork: workerForker(bundle, cleanEnvironment(process.env), fromVrrp),
      now: () => micros(addon.monotonicMicros()),
      later,
      log: (record) => logger.log(record),
      fromWorker: (pid, fact) => onFact(the(), pid, fact),
      dumped: (what, text) => dump(the(), what, text),
      workerError: (pid, text) => {
        lastError = text;
        logger.relay('vrrp', pid, say.workerError(text));
      },
      inCharge: (pid) => the().pidFiles.vrrp(pid),
      held: (masters) => {
        the().held.note(masters.flatMap(({ addresses }) => addresses));
        the().healthcheck.follow(masters.map(({ name }) => name));
      },
      withdraw: (instances) => withdraw(the(), instances),
      sweep: (instances) => withdraw(the(), instances.map(holderOf), 'marked'),
      fatal: (status) => endFatally(the(), 'VRRP', status, lastError),
    },
  );
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
  await applyConfiguration(daemon, config, 'start');
  logger.log(say.startupComplete);
  manager.notify(`READY=1\nMAINPID=${process.pid}\nSTATUS=Running`);
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

function signalHandler(daemon: Daemon): (signal: number) => void {
  const { start, logger, manager } = daemon;
  const reload = reloader({
    read: daemon.read,
    running: () => daemon.config,
    apply: async (config) => {
      daemon.config = config;
      daemon.scripts.forgetAccounts();
      await applyConfiguration(daemon, config, 'reload');
    },
    log: (record) => logger.log(record),
    together: (run) => logger.together(run),
    announce: (state, status) => {
      const reloading = `RELOADING=1\nMONOTONIC_USEC=${start.addon.monotonicMicros()}`;
      manager.notify(`${state === 'reloading' ? reloading : 'READY=1'}\nSTATUS=${status}`);
    },
  });
  return (signal) => {
    logger.log(say.signal(signal));
    const request = requestOf(signal, start.line.options.ignoreInterrupt);
    if (daemon.stopping || request === 'nothing') return;
    if (request === 'stop') void stop(daemon, exitStatus.orderly);
    else if (request === 'reload') void reload();
    else {
      if (request === 'data') dump(daemon, 'parent', parentDump(daemon.config));
      daemon.supervisor.dump(request);
      if (request === 'data') daemon.healthcheck.dump();
    }
  };
}

function onFact(daemon: Daemon, pid: number, fact: Exclude<VrrpFact, { kind: 'saved' | 'removed' }>): void {
  switch (fact.kind) {
    case 'log':
      daemon.logger.relay('vrrp', pid, fact.record);
      break;
    case 'notify':
      daemon.scripts.notify(fact, daemon.stopping);
      break;
    case 'run-script': {
      const { script, run } = fact;
      daemon.scripts.track(fact, (outcome) =>
        daemon.supervisor.scriptFinished(pid, { kind: 'script-finished', script, run, outcome }),
      );
      break;
    }
    default:
      fact satisfies never;
  }
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

async function stop(daemon: Daemon, status: number): Promise<void> {
  if (daemon.stopping) return;
  daemon.stopping = true;
  daemon.logger.log(say.stopping);
  daemon.manager.notify('STOPPING=1\nSTATUS=Stopping');
  daemon.scripts.endTracked();
  const patience = daemon.config.global.childWaitTime;
  await Promise.all([daemon.supervisor.stop(patience), daemon.healthcheck.stop(patience)]);
  await Promise.all([daemon.scripts.supervisedEnded(), ...daemon.withdrawals]);
  if (!daemon.start.line.options.dontReleaseVrrp) daemon.held.remove();
  daemon.pidFiles.remove();
  daemon.logger.reportDropped();
  daemon.logger.log(say.stopped);
  daemon.logger.close();
  setImmediate(() => process.exit(status));
}
