import { decodeIpv4 } from '@holdfast/wire';
import { packetDropped, packetNoted } from '../logic/packet-messages.ts';
import { effectivePriority } from '../logic/priority.ts';
import { receive } from '../logic/receive.ts';
import { reportOnce } from '../logic/report-once.ts';
import type { HeardAdvert, VrrpLogRecord } from '../logic/types.ts';
import { countUp, type Running } from './running.ts';

/** What a datagram comes to for the instance it is meant for: counters, lines of the log, and perhaps an advert. */
export interface Received {
  readonly running: Running;
  readonly advert: HeardAdvert | undefined;
  readonly records: readonly VrrpLogRecord[];
}

/** FAULT and INIT hear nothing at all, not even to count it. */
export function hear(running: Running, datagram: Uint8Array): Received {
  const { config, state } = running;
  const { kind } = state.phase;
  if (kind === 'fault' || kind === 'init') return { running, advert: undefined, records: [] };
  const reception = receive(config, contextOf(running), datagram);
  if (reception.kind === 'dropped') {
    const { reason } = reception;
    const counted = { ...running, drops: countUp(running.drops, reason) };
    return {
      ...once(counted, reason, () => packetDropped(config.name, reason, senderOf(datagram))),
      advert: undefined,
    };
  }
  const { advert, checksum, notes } = reception;
  let outcome: Pick<Received, 'running' | 'records'> = {
    running: { ...running, checksums: countUp(running.checksums, checksum) },
    records: [],
  };
  for (const note of notes) {
    const next = once(outcome.running, `${note} ${advert.source}`, () =>
      packetNoted(config.name, note, advert.source),
    );
    outcome = { running: next.running, records: [...outcome.records, ...next.records] };
  }
  return { ...outcome, advert };
}

const contextOf = ({ config, state }: Running) => ({
  source: state.surroundings.source,
  priority: effectivePriority(config, state),
  master: state.master?.address,
});

function once(
  running: Running,
  kind: string,
  record: () => VrrpLogRecord,
): Pick<Received, 'running' | 'records'> {
  const { reported, first } = reportOnce(running.reported, running.state, kind);
  return { running: { ...running, reported }, records: first ? [record()] : [] };
}

function senderOf(datagram: Uint8Array) {
  const packet = decodeIpv4(datagram);
  return packet.ok ? packet.value.source : undefined;
}
