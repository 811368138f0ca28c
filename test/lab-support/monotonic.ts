/** CLOCK_MONOTONIC in microseconds: the same for every process of this machine, so their records can be compared. */
export const monotonicMicros = (): number => Number(process.hrtime.bigint() / 1000n);
