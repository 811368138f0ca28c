/** Where smaller is better, all of them. */
export type Unit = 'ms' | 'KiB' | '';

/** What is measured: each of them once in every run and for every daemon. */
export const figures = [
  ['takeover', 'ms', 'master dies (advert_int 1, priority 100): its last advert to the first of the new one'],
  ['takeover-outage', 'ms', '  the same for the client'],
  ['stop', 'ms', 'graceful stop: priority 0 to the first advert of the new master'],
  ['stop-outage', 'ms', '  the same for the client'],
  ['worker-silence', 'ms', 'vrrp process killed: longest time between two adverts'],
  ['worker-missing', 'ms', '  nobody has the address'],
  ['worker-both', 'ms', '  two have the address'],
  ['worker-outage', 'ms', '  longest time without answer for the client'],
  ['first-advert', 'ms', 'start of the program to the first advert, priority 255'],
  ['memory', 'KiB', 'memory of all processes (PSS), one instance'],
  ['processes', '', '  processes'],
  ['idle-1-p50', 'ms', 'advert_int 1, idle: deviation, p50'],
  ['idle-1-p99', 'ms', '  p99'],
  ['idle-1-max', 'ms', '  largest'],
  ['idle-0.1-p50', 'ms', 'advert_int 0.1, idle: deviation, p50'],
  ['idle-0.1-p99', 'ms', '  p99'],
  ['idle-0.1-max', 'ms', '  largest'],
  ['busy-1-p50', 'ms', 'advert_int 1, all processors busy: deviation, p50'],
  ['busy-1-p99', 'ms', '  p99'],
  ['busy-1-max', 'ms', '  largest'],
  ['busy-0.1-p50', 'ms', 'advert_int 0.1, all processors busy: deviation, p50'],
  ['busy-0.1-p99', 'ms', '  p99'],
  ['busy-0.1-max', 'ms', '  largest'],
  ['status-p50', 'ms', 'status of 100 instances and 1000 real servers by the socket: p50'],
  ['status-p99', 'ms', '  p99'],
  ['status-max', 'ms', '  largest'],
  ['status-screen', 'ms', '  `holdfast status --all`, from start to end of the program'],
  ['alone-p50', 'ms', 'advert_int 0.1, nobody looks: deviation, p50'],
  ['alone-p99', 'ms', '  p99'],
  ['alone-max', 'ms', '  largest'],
  ['crowd-p50', 'ms', 'advert_int 0.1, 100 clients read status and events: deviation, p50'],
  ['crowd-p99', 'ms', '  p99'],
  ['crowd-max', 'ms', '  largest'],
  ['crowd-answers', '', '  answers that they got in a second'],
  ['package-deb', 'KiB', 'the .deb'],
  ['package-installed', 'KiB', '  installed, Node with it'],
  ['package-tarball', 'KiB', 'the tarball'],
] as const satisfies readonly (readonly [string, Unit, string])[];

export type Figure = (typeof figures)[number][0];

/** What one run measured; what could not be measured is not there. */
export type Measured = Partial<Record<Figure, number>>;

export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

/** The nearest rank. @param fraction 0.99 is the 99th percentile */
export const percentile = (values: readonly number[], fraction: number): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * fraction) - 1)];
