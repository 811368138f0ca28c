import { type Micros, micros } from '@holdfast/kit';
import type { FromHealthcheck, HealthFact } from '../ipc.ts';
import { mergeSaved } from '../logic/merge-saved.ts';
import type { HealthLogRecord, SavedPools } from '../logic/types.ts';
import type { Parent } from './ports.ts';

/** Facts for core, gathered during a turn and sent as one message. */
export interface Outbox {
  log(record: HealthLogRecord, at: Micros): void;
  /** Records that are made when they are sent, in their place among the others. */
  logLater(make: () => readonly HealthLogRecord[], at: Micros): void;
  fact(fact: Exclude<HealthFact, { kind: 'log' | 'saved' }>): void;
  saved(news: SavedPools): void;
  /** @param what only what is saved, without what is to be logged and run; everything by default */
  flush(what?: 'everything' | 'saved'): void;
  /** Not part of a turn: answers that core waits for. */
  send(message: Exclude<FromHealthcheck, { kind: 'turn' }>, onWritten?: () => void): void;
}

/** More messages than this that the kernel has not taken mean that core is stuck. */
const mostUnwritten = 256;
/** Facts that must not get lost (notify scripts, runs) are kept up to this many while core is stuck. */
const mostKept = 4096;

/**
 * A stuck core must not cost this process its memory: `send` would buffer without end. While too many messages are
 * unwritten, log records are dropped and counted, what is saved is put together, and the rest waits; everything kept
 * goes out once the channel moves again.
 */
export function openOutbox(parent: Parent): Outbox {
  let facts: (HealthFact | (() => readonly HealthFact[]))[] = [];
  let saved: SavedPools | undefined;
  let unwritten = 0;
  let dropped = 0;
  let lastAt: Micros = micros(0);
  /** What was asked for last: the rest waits until it is. */
  let asked: 'everything' | 'saved' = 'everything';

  const post = (message: FromHealthcheck, onWritten?: () => void): void => {
    unwritten++;
    parent.send(message, () => {
      unwritten--;
      onWritten?.();
      if (unwritten === 0) flush(asked);
    });
  };
  const made = (): readonly HealthFact[] =>
    facts.flatMap((fact) => (typeof fact === 'function' ? fact() : fact));
  const dropLogs = (): void => {
    const all = made();
    const kept = all.filter(({ kind }) => kind !== 'log');
    dropped += all.length - kept.length;
    facts = kept.slice(-mostKept);
  };
  const dropNote = (): readonly HealthFact[] => {
    if (dropped === 0) return [];
    const text = `${dropped} log records were dropped while the main process did not take them`;
    dropped = 0;
    return [{ kind: 'log', record: { id: 'log-dropped', level: 'warning', text }, at: lastAt }];
  };
  const flush = (what: 'everything' | 'saved' = 'everything'): void => {
    asked = what;
    if ((facts.length === 0 || what === 'saved') && saved === undefined) return;
    if (unwritten >= mostUnwritten) {
      dropLogs();
      return;
    }
    const savedFacts: readonly HealthFact[] = saved === undefined ? [] : [{ kind: 'saved', pools: saved }];
    saved = undefined;
    if (what === 'saved') {
      post({ kind: 'turn', facts: savedFacts });
      return;
    }
    const all = [...dropNote(), ...made(), ...savedFacts];
    facts = [];
    post({ kind: 'turn', facts: all });
  };
  return {
    log(record, at) {
      lastAt = at;
      facts.push({ kind: 'log', record, at });
    },
    logLater(make, at) {
      lastAt = at;
      facts.push(() => make().map((record) => ({ kind: 'log', record, at })));
    },
    fact: (fact) => void facts.push(fact),
    saved(news) {
      saved = saved === undefined ? news : mergeSaved(saved, news);
    },
    flush,
    send: post,
  };
}
