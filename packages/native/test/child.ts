import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Lines of standard output. */
  readonly lines: readonly string[];
  readonly errors: string;
}

export interface Child {
  readonly process: ChildProcess;
  /** The next line of standard output, or '' at the end. */
  line(): Promise<string>;
  readonly ended: Promise<Ended>;
}

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** Runs a fixture with this Node. @param before words before `node`, such as `unshare -n` */
export function startFixture(
  name: string,
  options: {
    readonly arguments?: readonly string[];
    readonly flags?: readonly string[];
    readonly before?: readonly string[];
  } = {},
): Child {
  const words = [
    ...(options.before ?? []),
    process.execPath,
    ...(options.flags ?? []),
    fixture(name),
    ...(options.arguments ?? []),
  ];
  const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let taken = 0;
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += String(text);
  });
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    const next = waiting.shift();
    if (next !== undefined) {
      taken++;
      next(line);
    }
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      for (const next of waiting.splice(0)) next('');
      resolve({ code, signal, lines, errors });
    });
  });
  const line = (): Promise<string> => {
    const there = lines[taken];
    if (there !== undefined) {
      taken++;
      return Promise.resolve(there);
    }
    return new Promise((resolve) => {
      waiting.push(resolve);
    });
  };
  return { process: child, line, ended };
}

/** Runs a fixture to its end. */
export const runFixture = (...call: Parameters<typeof startFixture>): Promise<Ended> =>
  startFixture(...call).ended;
