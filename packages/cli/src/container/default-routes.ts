/** A route to everywhere, of /proc/net/route or /proc/net/ipv6_route. */
export interface DefaultRoute {
  readonly interface: string;
  readonly metric: number;
  readonly family: 4 | 6;
}

/** RTF_UP and RTF_REJECT of <linux/route.h>. */
const [up, reject] = [0x1, 0x200];

/**
 * The default routes, the preferred ones first: IPv4 before IPv6, then the smaller metric.
 * @param four text of /proc/net/route: interface, destination, gateway, flags, three counters, metric, mask, ...
 * @param six text of /proc/net/ipv6_route: destination, its length, source, its length, next hop, metric, two counters,
 *   flags, interface
 */
export function defaultRoutes(four: string, six: string): readonly DefaultRoute[] {
  const found = [...four.split('\n').flatMap(fourth), ...six.split('\n').flatMap(sixth)];
  return found.sort((a, b) => a.family - b.family || a.metric - b.metric);
}

function fourth(line: string): readonly DefaultRoute[] {
  const [name, destination, , flags = '', , , metric, mask] = line.trim().split(/\s+/);
  if (name === undefined || destination !== '00000000' || mask !== '00000000') return [];
  return isUsable(flags) ? [{ interface: name, metric: Number(metric), family: 4 }] : [];
}

function sixth(line: string): readonly DefaultRoute[] {
  const [destination, length, , , , metric = '', , , flags = '', name] = line.trim().split(/\s+/);
  if (name === undefined || name === 'lo' || !/^0{32}$/.test(destination ?? '') || length !== '00') return [];
  return isUsable(flags) ? [{ interface: name, metric: Number.parseInt(metric, 16), family: 6 }] : [];
}

const isUsable = (flags: string): boolean => {
  const bits = Number.parseInt(flags, 16);
  return (bits & up) !== 0 && (bits & reject) === 0;
};
