import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { addonFile, bundleProgram } from './bundle.ts';

export interface FloodReport {
  readonly kind: 'report';
  readonly packets: number;
  readonly failures: number;
  readonly accepted: number;
  readonly dropped: number;
  /** What is wrong with packets that were accepted. */
  readonly objections: readonly string[];
  /** Processor time of the whole process. */
  readonly cpuMicros: number;
  /** After a collection. */
  readonly heapUsed: number;
}

export interface Flood {
  readonly transport: 'native' | 'raw-socket';
  readonly sender?: 'native' | 'raw-socket';
  readonly packets: number;
  /** How many in one call. */
  readonly atOnce: number;
  readonly kind: 'valid' | 'mutated';
}

export interface FloodOutcome {
  readonly sent: FloodReport;
  readonly before: FloodReport;
  readonly after: FloodReport;
  readonly seconds: number;
}

let made = 0;

/** Two namespaces with a cable; 10.0.0.3 sends, 10.0.0.2 receives until nothing more comes. */
export async function flood({
  transport,
  sender = 'native',
  packets,
  atOnce,
  kind,
}: Flood): Promise<FloodOutcome> {
  const program = await bundleProgram('test/system/programs/wire-flood.ts', 'packages/vrrp');
  const [to, from] = [`hf-flood-${process.pid}-${++made}-to`, `hf-flood-${process.pid}-${made}-from`];
  // Of mutated packets the kernel itself refuses some: so many are sent that enough arrive.
  const count = kind === 'mutated' ? 'Infinity' : `${packets}`;
  const children: ChildProcess[] = [];
  const start = (name: string, role: string, by: string): ChildProcess => {
    const child = spawn(
      'ip',
      ['netns', 'exec', name, process.execPath, program.file, role, by, count, `${atOnce}`, kind].concat(
        addonFile() ?? '',
      ),
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    children.push(child);
    return child;
  };
  layCable(to, from);
  await settledLinks([to, from]);
  try {
    const receiver = start(to, 'receive', transport);
    await said(receiver, 'ready');
    const before = await report(receiver);
    const began = performance.now();
    const sending = start(from, 'send', sender);
    const allSent = said(sending, 'sent');
    if (kind === 'mutated') await receivedSoMany(receiver, sending, packets);
    await allSent;
    const after = await settled(receiver);
    const sent = await report(sending);
    const outcome = { sent, before, after, seconds: (performance.now() - began) / 1000 };
    return outcome;
  } finally {
    await Promise.all(children.map(ended));
    for (const name of [to, from]) ip(['netns', 'del', name]);
    program.remove();
  }
}

const ip = (args: readonly string[]): string => execFileSync('ip', args, { encoding: 'utf8' });

function layCable(to: string, from: string): void {
  for (const name of [to, from]) ip(['netns', 'add', name]);
  ip(['-n', to, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', from]);
  for (const [name, host] of [
    [to, 2],
    [from, 3],
  ] as const) {
    ip(['-n', name, 'addr', 'add', `10.0.0.${host}/24`, 'dev', 'eth0']);
    ip(['-n', name, 'link', 'set', 'eth0', 'up']);
  }
}

/** A new link carries packets only when the kernel has noticed, up to a second later. */
async function settledLinks(names: readonly string[]): Promise<void> {
  const state = (name: string): string => ip(['-n', name, '-brief', 'link', 'show', 'eth0']);
  for (let tries = 0; tries < 100 && !names.every((name) => state(name).includes(' UP ')); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function receivedSoMany(receiver: ChildProcess, sending: ChildProcess, packets: number): Promise<void> {
  for (let tries = 0; tries < 600 && (await report(receiver)).packets < packets; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  sending.send('stop');
}

/** The report when two in a row say the same. */
async function settled(child: ChildProcess): Promise<FloodReport> {
  let last = await report(child);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    const next = await report(child);
    if (next.packets === last.packets) return last;
    last = next;
  }
}

async function report(child: ChildProcess): Promise<FloodReport> {
  const answer = said<FloodReport>(child, 'report');
  child.send('report');
  return await answer;
}

function said<T extends { readonly kind: string }>(child: ChildProcess, kind: T['kind']): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new RangeError(`the process ended with ${code}`));
    const onMessage = (message: T): void => {
      if (message.kind !== kind) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(message);
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve();
    child.on('exit', () => resolve());
    if (child.connected) child.disconnect();
  });
}
