import { monotonicMicros } from '../../../lab-support/monotonic.ts';
import { pause } from '../../../lab-support/until.ts';
import { inMilliseconds } from '../../acts.ts';
import type { Outcome } from '../../step.ts';
import { pools } from '../cast.ts';
import { answersIn, nothingLost, reconfigure, untilTable } from './acts.ts';
import { drained } from './edits.ts';
import { holdConnection } from './held-connection.ts';
import type { PoolStage } from './stage.ts';

/**
 * Gives server1 weight 0: it gets no new connection, and a download that began before goes on.
 * @param wanted the table afterwards
 */
export async function drain(stage: PoolStage, say: (line: string) => void, wanted: string): Promise<Outcome> {
  const download = await holdConnection(stage.network, pools[0]?.address ?? '', 'server1');
  say('the client downloads something from server1');
  const from = monotonicMicros();
  reconfigure(stage, (text) => drained(text, 'server1'));
  const there = await untilTable(stage, wanted, from, 20_000);
  await pause(2000);
  const goesOn = download.goesOn(there);
  const seen = `no new connection after ${inMilliseconds(there - from)}, the download ${goesOn ? 'goes on' : 'broke off'}`;
  return nothingLost(stage, from, seen, (to) => goesOn && !answersIn(stage, there, to).has('server1'));
}
