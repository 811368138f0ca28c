import { MSG } from './constants.ts';
import type { RawSocket, RawSocketClass } from './raw.ts';
import type { NativeError, NativeSocket, Outgoing, Received, ReceiveOptions } from './types.ts';

/** A `struct sockaddr_storage` is 128 bytes: room for any sender. */
const nameSize = 128;
const lengthsPerMessage = 4;
/** Batches one `drain()` reads at most, so that a flood cannot hold the loop. */
const drainBatches = 16;

type BatchHandler = (messages: readonly Received[]) => void;
type ErrorHandler = (error: NativeError) => void;

/** A socket of the addon whose messages are views of one slab of memory, used again for every batch. */
export class WrappedSocket implements NativeSocket {
  readonly #raw: RawSocket;

  constructor(raw: RawSocket) {
    this.#raw = raw;
  }
  get fd(): number {
    return this.#raw.fd;
  }
  bind(address: Uint8Array): void {
    this.#raw.bind(address);
  }
  connect(address: Uint8Array): void {
    this.#raw.connect(address);
  }
  localAddress(): Uint8Array {
    return this.#raw.localAddress();
  }
  setOption(level: number, name: number, value: number | Uint8Array): void {
    this.#raw.setOption(level, name, value);
  }
  getOption(level: number, name: number, length: number): Uint8Array {
    return this.#raw.getOption(level, name, length);
  }
  attachFilter(instructions: Uint8Array): void {
    this.#raw.attachFilter(instructions);
  }
  receive(options: ReceiveOptions, onBatch: BatchHandler, onError: ErrorHandler): void {
    receive(this.#raw, options, onBatch, onError);
  }
  drain(): number {
    return this.#raw.drain(drainBatches);
  }
  send(messages: readonly Outgoing[]): number {
    return this.#raw.send(messages);
  }
  ref(): void {
    this.#raw.ref();
  }
  unref(): void {
    this.#raw.unref();
  }
  release(): number {
    return this.#raw.release();
  }
  close(): void {
    this.#raw.close();
  }
}

/** The class that `Addon.Socket` names. */
export function socketClass(
  Raw: RawSocketClass,
): new (
  domain: number,
  type: number,
  protocol: number,
) => NativeSocket {
  return class extends WrappedSocket {
    constructor(domain: number, type: number, protocol: number) {
      super(new Raw(domain, type, protocol));
    }
  };
}

function receive(
  raw: RawSocket,
  { batch = 32, size = 2048, control = 0 }: ReceiveOptions,
  onBatch: BatchHandler,
  onError: ErrorHandler,
): void {
  const data = new Uint8Array(batch * size);
  const names = new Uint8Array(batch * nameSize);
  const controls = new Uint8Array(batch * control);
  const lengths = new Int32Array(batch * lengthsPerMessage);
  const slot = (slab: Uint8Array, slotSize: number, index: number, length: number): Uint8Array =>
    slab.subarray(index * slotSize, index * slotSize + length);
  const message = (index: number): Received => {
    const at = index * lengthsPerMessage;
    return {
      data: slot(data, size, index, lengths[at] ?? 0),
      from: slot(names, nameSize, index, lengths[at + 1] ?? 0),
      control: slot(controls, control, index, lengths[at + 2] ?? 0),
      truncated: ((lengths[at + 3] ?? 0) & MSG.TRUNC) !== 0,
    };
  };
  const onCount = (count: number): void =>
    onBatch(Array.from({ length: count }, (_, index) => message(index)));
  raw.receive(batch, data, names, controls, lengths, onCount, onError);
}
