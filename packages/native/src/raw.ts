import type { NativeError, NativeTimer, OnSignal, Outgoing } from './types.ts';

/** The addon as C++ exports it. `socket.ts` turns its counts and slabs of memory into messages. */
export interface RawAddon {
  readonly Socket: RawSocketClass;
  readonly Timer: new (onExpire: () => void) => NativeTimer;
  readonly monotonicMicros: () => number;
  readonly watchSignals: (signals: readonly number[], onSignal: OnSignal) => void;
  readonly setParentDeathSignal: (signal: number) => void;
  readonly alarm: (seconds: number) => void;
  readonly alarmOnSignal: (signal: number, milliseconds: number) => void;
  readonly setRealtime: (priority: number) => void;
  readonly setResourceLimit: (resource: number, soft: number, hard: number) => void;
  readonly closeOnExecFrom: (first: number) => void;
  readonly lockFile: (fd: number) => boolean;
}

export interface RawSocketClass {
  new (domain: number, type: number, protocol: number): RawSocket;
  /** Takes over an open descriptor. */
  new (fd: number): RawSocket;
}

export interface RawSocket {
  /** -1 once closed. */
  readonly fd: number;
  bind(address: Uint8Array): void;
  connect(address: Uint8Array): void;
  localAddress(): Uint8Array;
  setOption(level: number, name: number, value: number | Uint8Array): void;
  getOption(level: number, name: number, length: number): Uint8Array;
  attachFilter(instructions: Uint8Array): void;
  /**
   * `data`, `names` and `control` hold `batch` slots of equal size; `lengths` gets 4 numbers a message: data, name,
   * control, flags. They are written before each call of `onBatch`.
   */
  receive(
    batch: number,
    data: Uint8Array,
    names: Uint8Array,
    control: Uint8Array,
    lengths: Int32Array,
    onBatch: (count: number) => void,
    onError: (error: NativeError) => void,
  ): void;
  drain(batches: number): number;
  send(messages: readonly Outgoing[]): number;
  ref(): void;
  unref(): void;
  release(): number;
  close(): void;
}

/** Whether what was loaded is this addon, and not another module of the same name. */
export function isRawAddon(module: unknown): module is RawAddon {
  const functions = ['Socket', 'Timer', 'monotonicMicros', 'watchSignals', 'lockFile'];
  if (typeof module !== 'object' || module === null) return false;
  const offered = new Map<string, unknown>(Object.entries(module));
  return functions.every((name) => typeof offered.get(name) === 'function');
}
