import { type Micros, micros } from '@holdfast/kit';
import type { FromVrrp, VrrpFact } from '../ipc.ts';
import type { SavedInstance, VrrpLogRecord } from '../logic/types.ts';
import type { Parent } from './ports.ts';

/** Facts for core, gathered during a turn and sent as one message. */
export interface Outbox {
  log(record: VrrpLogRecord, at: Micros): void;
  fact(fact: Exclude<VrrpFact, { kind: 'log' | 'saved' }>): void;
  /** Only the last one of a name in a turn travels. */
  saved(instance: SavedInstance): void;
  flush(): void;
  /** Not part of a turn: answers that core waits for. */
  send(message: Exclude<FromVrrp, { kind: 'turn' }>, onWritten?: () => void): void;
  readonly droppedLogs: number;
}

/** More messages than this that the kernel has not taken mean that core is stuck. */
const mostUnwritten = 256;
/** Facts that must not get lost (notify scripts, runs) are kept up to this many while core is stuck. */
const mostKept = 4096;

/**
 * A stuck core must not cost an advert, nor this process its memory: `send` would buffer without end. While too many
 * messages are unwritten, log records are dropped and counted, of the saved instances only the last is kept, and the
 * rest waits; everything kept goes out once the channel moves again.
 */
export function openOutbox(parent: Parent): Outbox {
  let facts: VrrpFact[] = [];
  let saved = new Map<string, SavedInstance>();
  let unwritten = 0;
  let droppedLogs = 0;
  let droppedSince = 0;
  let lastAt: Micros = micros(0);

  const post = (message: FromVrrp, onWritten?: () => void): void => {
    unwritten++;
    parent.send(message, () => {
      unwritten--;
      onWritten?.();
      if (unwritten === 0) flush();
    });
  };
  const dropLogs = (): void => {
    const kept = facts.filter(({ kind }) => kind !== 'log');
    droppedLogs += facts.length - kept.length;
    droppedSince += facts.length - kept.length;
    facts = kept.slice(-mostKept);
  };
  const flush = (): void => {
    if (facts.length === 0 && saved.size === 0) return;
    if (unwritten >= mostUnwritten) {
      dropLogs();
      return;
    }
    const all: VrrpFact[] = [
      ...facts,
      ...[...saved.values()].map((instance) => ({ kind: 'saved', instance }) as const),
    ];
    facts = [];
    saved = new Map();
    post({ kind: 'turn', facts: droppedSince > 0 ? [dropNote(), ...all] : all });
  };
  const dropNote = (): VrrpFact => {
    const text = `${droppedSince} log records were dropped while the main process did not take them`;
    droppedSince = 0;
    return { kind: 'log', record: { id: 'log-dropped', level: 'warning', text }, at: lastAt };
  };
  return {
    log(record, at) {
      lastAt = at;
      facts.push({ kind: 'log', record, at });
    },
    fact(fact) {
      facts.push(fact);
    },
    saved(instance) {
      saved.set(instance.name, instance);
    },
    flush,
    send: post,
    get droppedLogs() {
      return droppedLogs;
    },
  };
}
