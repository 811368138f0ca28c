import { release } from 'node:os';
import type { Addon } from '@holdfast/native';
import { launcherOf, startInBackground } from './daemon/background.ts';
import type { Early } from './daemon/early.ts';
import { exitStatus } from './daemon/exit-status.ts';
import { configurationReader } from './daemon/read-configuration.ts';
import { requestOf } from './daemon/signals.ts';
import { testConfiguration } from './daemon/test-configuration.ts';
import { startStatus } from './daemon/test-status.ts';
import { helpText } from './options/help.ts';
import { type CommandLine, type Options, parseCommandLine } from './options/parse.ts';
import { signalNumber } from './options/signal-number.ts';
import { version } from './version.ts';

/** Does what the command line asks for. The process ends with keepalived's exit status. */
export async function run(early: Early): Promise<void> {
  const words = process.argv.slice(2);
  const genhash = words.findIndex((word) => word === '-T' || word === '--genhash');
  if (genhash >= 0) return runGenhash(words.slice(genhash + 1));
  const line = parseCommandLine(words);
  if (line.kind !== 'run') return end(answer(line));
  if (line.options.test !== undefined) {
    stopOn(early, line.options, () => end(exitStatus.orderly));
    tellRemarks(line.remarks);
    const read = configurationReader(line.options, process.env, addonOf(early));
    const reading = await read();
    const status = await testConfiguration(reading, line.options.test);
    return end(line.options.startTest ? startStatus(reading) : status);
  }
  if (typeof early.addon === 'string') {
    process.stderr.write(`holdfastd: ${early.addon}\n`);
    return end(exitStatus.fatal);
  }
  const launcher = launcherOf(process.env);
  if (launcher === undefined && !line.options.foreground) {
    return end(await startInBackground(words, (stop) => stopOn(early, line.options, stop)));
  }
  // Half of the program: who asks for a test does not wait for it.
  const { startDaemon } = await import('./daemon/daemon.ts');
  await startDaemon({
    line,
    words,
    addon: early.addon,
    launcher,
    onSignal: early.onSignal,
    worker: early.worker,
  });
}

/** keepalived(8) -T: another program, which lies beside this one. */
async function runGenhash(words: readonly string[]): Promise<void> {
  process.argv.splice(2, process.argv.length, ...words);
  await import(new URL('./genhash.mjs', import.meta.url).href);
}

/** The answers that need nothing but the command line. */
function answer(line: Exclude<CommandLine, { kind: 'run' }>): number {
  switch (line.kind) {
    case 'help':
      process.stderr.write(helpText('holdfastd'));
      return exitStatus.orderly;
    case 'version':
      process.stderr.write(versionText());
      return exitStatus.orderly;
    case 'signal-number': {
      const number = signalNumber(line.name);
      if (number === undefined) process.stderr.write(`Unknown sigfunc ${line.name}\n`);
      else process.stdout.write(`${number}\n`);
      return number === undefined ? exitStatus.fatal : exitStatus.orderly;
    }
    case 'refused':
      process.stderr.write(`${line.complaints.join('\n')}\n`);
      return exitStatus.fatal;
    default:
      return line satisfies never;
  }
}

const versionText = (): string =>
  [
    `Holdfast v${version}, a drop-in for Keepalived`,
    '',
    'Licensed under the Apache License 2.0',
    `Running on Linux ${release()}, Node.js ${process.version}`,
    'Config options:  LVS VRRP VRRP_AUTH JSON',
    '',
  ].join('\n');

function tellRemarks(remarks: readonly string[]): void {
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
}

function stopOn(early: Early, options: Options, stop: () => void): void {
  early.onSignal((signal) => {
    if (requestOf(signal, options.ignoreInterrupt) === 'stop') stop();
  });
}

const addonOf = (early: Early): Addon | undefined =>
  typeof early.addon === 'string' ? undefined : early.addon;

/** Standard error is written at once, so nothing is lost by ending here. */
function end(status: number): void {
  process.exit(status);
}
