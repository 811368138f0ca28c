import type { Acknowledgement } from '../codec/acknowledgement.ts';
import type { NetlinkMessage } from '../codec/message.ts';
import type { NetlinkAnswer, NetlinkRequest } from './types.ts';

/** A dump is answered in parts, in its own time. */
export type Kind = 'request' | 'dump';

/** The requests of one send, numbered in a row; a dump is a send of its own. */
export interface Sent {
  readonly kind: Kind;
  /** The sequence number of the first one. */
  readonly first: number;
  readonly requests: readonly NetlinkRequest[];
}

/** The sends that wait for their last answer, oldest first. */
export interface Pending {
  /** @returns the answers in the order of the requests; never rejects */
  add(sent: Sent): Promise<readonly NetlinkAnswer[]>;
  /** Keeps a data message until its send is answered; ignored for a sequence nobody waits for. */
  data(message: NetlinkMessage): void;
  /**
   * Takes an answer. That to the last request ends the send; sends before it end too, with what is missing silent: the
   * kernel answers in order. Dumps end in their own time.
   */
  acknowledge(sequence: number, acknowledgement: Acknowledgement): void;
  /** Answers may be missing: from now on nothing is concluded from the silence of what is open. */
  doubt(): void;
  /** Ends a send: what has no answer yet gets this errno. */
  end(sent: Sent, errno: number | 'silent'): void;
  endAll(errno: number | 'silent'): void;
  readonly size: number;
}

interface Open {
  readonly sent: Sent;
  /** By place in the send: few have an answer of their own. */
  readonly answered: Map<number, Acknowledgement>;
  readonly messages: Map<number, NetlinkMessage[]>;
  isDoubtful: boolean;
  readonly resolve: (answers: readonly NetlinkAnswer[]) => void;
}

export function pendingRequests(): Pending {
  let open: readonly Open[] = [];

  const placeOf = ({ sent: { first, requests } }: Open, sequence: number): number | undefined =>
    sequence >= first && sequence < first + requests.length ? sequence - first : undefined;
  const find = (sequence: number): Open | undefined =>
    open.find((entry) => placeOf(entry, sequence) !== undefined);
  const end = (entry: Open, errno: number | 'silent'): void => {
    open = open.filter((other) => other !== entry);
    entry.resolve(answersOf(entry, errno));
  };
  const endEarlier = (than: Open): void => {
    for (const entry of open) {
      if (entry === than) return;
      if (entry.sent.kind === 'request') end(entry, 'silent');
    }
  };

  return {
    add: (sent) =>
      new Promise((resolve) => {
        const entry = { sent, answered: new Map(), messages: new Map(), isDoubtful: false, resolve };
        open = [...open, entry];
      }),
    data: (message) => {
      const entry = find(message.sequence);
      const place = entry && placeOf(entry, message.sequence);
      if (entry === undefined || place === undefined) return;
      // The payload is a view of the receive buffer, which is used again.
      const kept = { ...message, payload: message.payload.slice() };
      const before = entry.messages.get(place);
      if (before === undefined) entry.messages.set(place, [kept]);
      else before.push(kept);
    },
    acknowledge: (sequence, acknowledgement) => {
      const entry = find(sequence);
      const place = entry && placeOf(entry, sequence);
      if (entry === undefined || place === undefined) return;
      if (entry.sent.kind === 'request') endEarlier(entry);
      entry.answered.set(place, acknowledgement);
      if (place < entry.sent.requests.length - 1) return;
      // The kernel tells every error: what it passed over in silence has succeeded.
      end(entry, entry.isDoubtful ? 'silent' : 0);
    },
    doubt: () => {
      for (const entry of open) entry.isDoubtful = true;
    },
    end: (sent, errno) => {
      for (const entry of open) if (entry.sent === sent) end(entry, errno);
    },
    endAll: (errno) => {
      for (const entry of open) end(entry, errno);
    },
    get size() {
      return open.length;
    },
  };
}

/** A table's worth of requests is answered with this one. */
const done: NetlinkAnswer = { errno: 0, text: '', messages: [] };

/** @param errno of those without an answer; who wanted a word of its own, and got none, is not taken for done */
function answersOf({ sent, answered, messages }: Open, errno: number | 'silent'): readonly NetlinkAnswer[] {
  const silent: NetlinkAnswer = { errno: 'silent', text: '', messages: [] };
  const unanswered = errno === 0 ? done : { ...silent, errno };
  const answers = sent.requests.map(({ acknowledged }) =>
    acknowledged === true && errno === 0 ? silent : unanswered,
  );
  for (const [place, { errno: said, text }] of answered) {
    answers[place] = said === 0 && text === '' ? done : { errno: said, text, messages: [] };
  }
  for (const [place, data] of messages) answers[place] = { ...(answers[place] ?? silent), messages: data };
  return answers;
}
