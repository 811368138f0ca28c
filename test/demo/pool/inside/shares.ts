/** What conf/demo/director.conf wants of three servers. */
const weights: Readonly<Record<string, number>> = { server1: 3, server2: 2, server3: 1 };

/** How far a count may lie from its share: a request more or less at each end, and what came out of order. */
const slack = 3;

/**
 * Whether answers were spread as the weights say: by NAT 3, 2 and 1, by direct routing evenly.
 * @returns the sentence for the summary, too
 */
export function sharesSeen(
  nat: ReadonlyMap<string, number>,
  direct: ReadonlyMap<string, number>,
): { readonly good: boolean; readonly seen: string } {
  const good =
    asShared(nat, (server) => weights[server] ?? 0) &&
    asShared(direct, (server) => (server in weights ? 1 : 0));
  const counts = (answers: ReadonlyMap<string, number>): string =>
    Object.keys(weights)
      .map((server) => answers.get(server) ?? 0)
      .join(', ');
  return { good, seen: `answers by server: NAT ${counts(nat)} (3:2:1), DR ${counts(direct)} (1:1:1)` };
}

function asShared(answers: ReadonlyMap<string, number>, weightOf: (server: string) => number): boolean {
  const total = [...answers.values()].reduce((sum, count) => sum + count, 0);
  const whole = Object.keys(weights).reduce((sum, server) => sum + weightOf(server), 0);
  return (
    total > 0 &&
    [...answers.keys()].every((server) => server in weights) &&
    Object.keys(weights).every(
      (server) => Math.abs((answers.get(server) ?? 0) - (total * weightOf(server)) / whole) <= slack,
    )
  );
}
