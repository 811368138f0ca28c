import { monotonicMicros } from './monotonic.ts';

/** How far apart two readings of the clocks may lie to count as one, in microseconds. */
const close = 30;
const triesAtMost = 50;

/**
 * CLOCK_REALTIME minus CLOCK_MONOTONIC in microseconds, to about 30: kernel and tools stamp with the former, we compare
 * with the latter. Node tells real time in whole milliseconds only, so the instant is caught at which one begins.
 */
export function realtimeOffset(): number {
  let offset = 0;
  for (let tries = 0; tries < triesAtMost; tries++) {
    const turn = nextMillisecond();
    offset = turn.realtime - turn.monotonic;
    if (turn.uncertainty <= close) break;
  }
  return offset;
}

interface Turn {
  readonly realtime: number;
  readonly monotonic: number;
  readonly uncertainty: number;
}

function nextMillisecond(): Turn {
  const before = Date.now();
  let last = monotonicMicros();
  for (;;) {
    const milliseconds = Date.now();
    const monotonic = monotonicMicros();
    if (milliseconds !== before) {
      return { realtime: milliseconds * 1000, monotonic, uncertainty: monotonic - last };
    }
    last = monotonic;
  }
}
