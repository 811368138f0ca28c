/** Signal numbers on Linux with glibc by the names of `--signum`; JSON is SIGRTMIN+2, STATS_CLEAR is SIGRTMAX-1. RESTART, SIGRTMIN+5, is ours. */
export const signalNumbers = {
  STOP: 15,
  RELOAD: 1,
  DATA: 10,
  STATS: 12,
  STATS_CLEAR: 63,
  JSON: 36,
  RESTART: 39,
} as const;

/** @returns nothing for a name that --signum (keepalived(8)) does not know */
export function signalNumber(name: string): number | undefined {
  return Object.entries(signalNumbers).find(([known]) => known === name)?.[1];
}
