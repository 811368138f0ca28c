import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { toHex } from '@holdfast/kit';
import type { Heard, WireEnd, WirePair } from '../../../packages/vrrp/test/compliance/wire.ts';
import { addonFile, bundleProgram } from './bundle.ts';
import type { Answer, OrderBody } from './wire-orders.ts';

let made = 0;

/** An end in a process of its own can be asked for more than the suite asks. */
export interface ProcessEnd extends WireEnd {
  readonly namespace: string;
  ask<T>(order: OrderBody): Promise<T>;
}

export interface NamespacePair extends WirePair {
  readonly left: ProcessEnd;
  readonly right: ProcessEnd;
}

/**
 * Two namespaces with two cables between them, and in each a process with a wire.
 * @param launcher a program with its arguments that starts the processes, to take rights from them
 */
export async function namespacePair(
  transport: 'native' | 'raw-socket',
  launcher: readonly string[] = [],
): Promise<NamespacePair> {
  const program = await bundleProgram('test/system/programs/wire-end.ts', 'packages/vrrp');
  const names = ['left', 'right'].map((side) => `hf-wire-${process.pid}-${++made}-${side}`);
  const [leftName = '', rightName = ''] = names;
  layCables(leftName, rightName);
  const children = names.map((name) =>
    startEnd(name, [...launcher, process.execPath, program.file, transport]),
  );
  const [left, right] = children.map((child, i) => endOf(child, names[i] ?? ''));
  if (left === undefined || right === undefined) throw new RangeError('a pair has two ends');
  return {
    left,
    right,
    setEth1: async (up) => {
      for (const name of names) ip(['-n', name, 'link', 'set', 'eth1', up ? 'up' : 'down']);
      // The carrier comes a moment after both ends are up.
      if (up) await until(() => names.every((name) => carrier(name) === '1'));
    },
    end: async () => {
      await Promise.all(children.map(ended));
      for (const name of names) ip(['netns', 'del', name]);
      program.remove();
    },
  };
}

const ip = (args: readonly string[]): string => execFileSync('ip', args, { encoding: 'utf8' });

function layCables(left: string, right: string): void {
  for (const name of [left, right]) ip(['netns', 'add', name]);
  for (const n of [0, 1]) {
    ip(['-n', left, 'link', 'add', `eth${n}`, 'type', 'veth', 'peer', 'name', `eth${n}`, 'netns', right]);
    [left, right].forEach((name, side) => {
      ip(['-n', name, 'addr', 'add', `10.90.${n}.${side + 1}/24`, 'dev', `eth${n}`]);
      ip(['-n', name, 'link', 'set', `eth${n}`, 'up']);
    });
  }
}

const carrier = (name: string): string =>
  execFileSync('ip', ['netns', 'exec', name, 'cat', '/sys/class/net/eth1/carrier'], {
    encoding: 'utf8',
  }).trim();

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !holds(); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const startEnd = (namespace: string, argv: readonly string[]): ChildProcess =>
  spawn('ip', ['netns', 'exec', namespace, ...argv, addonFile() ?? ''], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

function endOf(child: ChildProcess, namespace: string): ProcessEnd {
  const waiting = new Map<number, (answer: Answer) => void>();
  let orders = 0;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on('exit', () => {
    for (const [id, resolve] of waiting) resolve({ id, error: 'the process of this end has ended' });
  });
  // The other process answers with what the order's type says; the suite's expectations look at it.
  const ask = <T>(order: OrderBody): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++orders;
      waiting.set(id, ({ value, error }) => {
        if (error === undefined) resolve(JSON.parse(JSON.stringify(value ?? null)) ?? undefined);
        else reject(new TypeError(error));
      });
      child.send({ id, ...order });
    });
  return {
    namespace,
    ask,
    strangerJoins: (interfaceName, group) => ask({ kind: 'stranger', interfaceName, group }),
    open: (interfaceName, group) => ask({ kind: 'open', interfaceName, group }),
    close: (interfaceName, group) => ask({ kind: 'close', interfaceName, group }),
    heard: (count) => ask<readonly Heard[]>({ kind: 'heard', count }),
    send: (interfaceName, datagrams) =>
      ask({
        kind: 'send',
        interfaceName,
        datagrams: datagrams.map(({ destination, bytes }) => ({ destination, hex: toHex(bytes) })),
      }),
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve();
    child.on('exit', () => resolve());
    if (child.connected) child.disconnect();
  });
}
