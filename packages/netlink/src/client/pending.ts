import type { Acknowledgement } from '../codec/acknowledgement.ts';
import type { NetlinkMessage } from '../codec/message.ts';
import type { NetlinkAnswer } from './types.ts';

/** A dump is answered in parts, in its own time. */
export type Kind = 'request' | 'dump';

interface Entry {
  readonly kind: Kind;
  readonly messages: NetlinkMessage[];
  readonly resolve: (answer: NetlinkAnswer) => void;
}

/** The requests that wait for their answer, oldest first, by sequence number. */
export interface Pending {
  add(sequence: number, kind: Kind): Promise<NetlinkAnswer>;
  /** Keeps a data message until the acknowledgement; ignored for a sequence nobody waits for. */
  data(message: NetlinkMessage): void;
  /** Ends a request, and as silent those before it: the kernel answers in order. Dumps end in their own time. */
  acknowledge(sequence: number, acknowledgement: Acknowledgement): void;
  /** Ends those that still wait among `sequences`. */
  end(sequences: readonly number[], errno: number | 'silent'): void;
  sequences(): readonly number[];
  readonly size: number;
}

export function pendingRequests(): Pending {
  const entries = new Map<number, Entry>();

  const end = (sequence: number, errno: number | 'silent', text: string): void => {
    const entry = entries.get(sequence);
    if (entry === undefined) return;
    entries.delete(sequence);
    entry.resolve({ errno, text, messages: entry.messages });
  };

  const endEarlier = (than: number): void => {
    for (const [sequence, { kind }] of entries) {
      if (sequence === than) return;
      if (kind === 'request') end(sequence, 'silent', '');
    }
  };

  return {
    add: (sequence, kind) =>
      new Promise((resolve) => {
        entries.set(sequence, { kind, messages: [], resolve });
      }),
    data: (message) => {
      // The payload is a view of the receive buffer, which is used again.
      entries.get(message.sequence)?.messages.push({ ...message, payload: message.payload.slice() });
    },
    acknowledge: (sequence, { errno, text }) => {
      if (entries.get(sequence)?.kind === 'request') endEarlier(sequence);
      end(sequence, errno, text);
    },
    end: (sequences, errno) => {
      for (const sequence of sequences) end(sequence, errno, '');
    },
    sequences: () => [...entries.keys()],
    get size() {
      return entries.size;
    },
  };
}
