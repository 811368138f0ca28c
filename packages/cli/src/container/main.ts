import { fileURLToPath } from 'node:url';
import { ok, type Result } from '@holdfast/kit';
import { type Addon, AddonMissing, loadAddon } from '@holdfast/native';
import { lostWithout, missingCapabilities } from './capabilities.ts';
import { health } from './health.ts';
import { textOf } from './observe.ts';
import { type Obstacle, obstacleText } from './obstacle.ts';
import { type Preparation, type Prepared, prepare } from './prepare.ts';
import { probePage } from './probe-page.ts';
import { watchSignals } from './signals.ts';
import { supervise } from './supervise.ts';
import { writeConfiguration } from './write-file.ts';

/** The container's entry program; docker/README.md describes it. */
const help = `usage: [run] [OPTION OF holdfastd...]   make the configuration and run the daemon
       config                       print the configuration, and where each value came from
       health                       status 0 when the daemon answers and no instance is in trouble
       probe URL                    status 0 when the page answers
`;

/** sysexits.h EX_USAGE and EX_CONFIG */
const exit = { fine: 0, failed: 1, usage: 64, configuration: 78 } as const;

const self = fileURLToPath(import.meta.url);
const probe = `${process.execPath} ${self} probe`;

// Not process.exit(): what was written to a pipe is still under way.
process.exitCode = await main(process.argv.slice(2));

async function main([word = 'run', ...rest]: readonly string[]): Promise<number> {
  if (word.startsWith('-') && word !== '--help') return run([word, ...rest]);
  switch (word) {
    case 'run':
      return run(rest);
    case 'config':
      return printConfiguration();
    case 'health':
      return answer(await health(process.env['HOLDFAST_SOCKET'] || '/run/holdfast/control.sock'));
    case 'probe': {
      const complaint = await probePage(rest[0] ?? '');
      return complaint === undefined ? exit.fine : say(complaint, exit.failed);
    }
    case '--help':
    case 'help':
      process.stdout.write(help);
      return exit.fine;
    default:
      return say(`${word} is no command of this container: write one of\n${help}`, exit.usage);
  }
}

async function run(options: readonly string[]): Promise<number> {
  const rights = textOf('/proc/self/status') ?? '';
  const missing = missingCapabilities(rights);
  if (missing.length > 0) return refuse(missing);
  const addon = addonOrComplaint();
  if (typeof addon === 'string') return say(addon, exit.failed);
  const signals = watchSignals(addon);
  const prepared = await prepare(preparation(true));
  if (!prepared.ok) return refuse(prepared.error);
  const placed = place(prepared.value);
  if (!placed.ok) return refuse([placed.error]);
  for (const loss of lostWithout(rights, textOf(placed.value) ?? '')) say(obstacleText(loss), exit.fine);
  const program = fileURLToPath(new URL('./holdfastd.mjs', import.meta.url));
  const words = ['-n', '-l', '-f', placed.value, ...options];
  return supervise({ program, words, signals, renew: renewal(prepared.value) });
}

async function printConfiguration(): Promise<number> {
  const prepared = await prepare(preparation(false));
  if (!prepared.ok) return refuse(prepared.error);
  const { value } = prepared;
  if (value.kind === 'file') tellIgnored(value);
  const text = value.kind === 'file' ? `# ${value.path}, as it is\n${textOf(value.path) ?? ''}` : value.text;
  process.stdout.write(text);
  return exit.fine;
}

function preparation(patient: boolean): Preparation {
  return { environment: process.env, probe, patient, tell: (text) => void say(text, exit.fine) };
}

/** @returns the path of the configuration that the daemon is to read */
function place(prepared: Prepared): Result<string, Obstacle> {
  if (prepared.kind === 'made') return writeConfiguration(folder(), prepared.text);
  tellIgnored(prepared);
  return ok(prepared.path);
}

function tellIgnored({ path, ignored }: Extract<Prepared, { kind: 'file' }>): void {
  if (ignored.length > 0) say(`${path} is used as it is: ${ignored.join(', ')} do nothing`, exit.fine);
}

function folder(): string {
  return process.env['HOLDFAST_DIRECTORY']?.trim() || '/run/holdfast';
}

/** Writes what names mean now, where that has changed. */
function renewal(prepared: Prepared): (() => Promise<boolean>) | undefined {
  if (prepared.kind === 'file' || prepared.again === undefined) return undefined;
  const { again } = prepared;
  let current = prepared.text;
  return async () => {
    const text = await again();
    if (text === undefined || text === current) return false;
    const written = writeConfiguration(folder(), text);
    if (!written.ok) {
      say(obstacleText(written.error), exit.failed);
      return false;
    }
    say('a name stands for other addresses now: the configuration is reloaded', exit.fine);
    current = text;
    return true;
  };
}

function addonOrComplaint(): Addon | string {
  try {
    return loadAddon();
  } catch (error) {
    if (error instanceof AddonMissing) return error.message;
    throw error;
  }
}

function refuse(obstacles: readonly Obstacle[]): number {
  for (const each of obstacles) say(obstacleText(each), exit.configuration);
  return exit.configuration;
}

function answer(result: Result<string, string>): number {
  process.stdout.write(`${result.ok ? result.value : result.error}\n`);
  return result.ok ? exit.fine : exit.failed;
}

function say(text: string, status: number): number {
  process.stderr.write(`holdfast: ${text}\n`);
  return status;
}
