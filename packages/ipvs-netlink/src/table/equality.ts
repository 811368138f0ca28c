import type { Forwarding, Persistence, Pool, Server, Service, Table, Tunnel } from './types.ts';

/** Whether two services with one key need no SET_SERVICE. */
export function sameService(a: Service, b: Service): boolean {
  return (
    a.scheduler === b.scheduler &&
    a.schedulerFlags.flag1 === b.schedulerFlags.flag1 &&
    a.schedulerFlags.flag2 === b.schedulerFlags.flag2 &&
    a.schedulerFlags.flag3 === b.schedulerFlags.flag3 &&
    a.onePacket === b.onePacket &&
    a.persistenceEngine === b.persistenceEngine &&
    samePersistence(a.persistence, b.persistence)
  );
}

/** Whether two servers with one key need no SET_DEST. */
export const sameServer = (a: Server, b: Server): boolean => a.weight === b.weight && sameButWeight(a, b);

/** Whether two servers with one key differ in their weight at most. */
export function sameButWeight(a: Server, b: Server): boolean {
  return (
    a.upperThreshold === b.upperThreshold &&
    a.lowerThreshold === b.lowerThreshold &&
    sameForwarding(a.forwarding, b.forwarding)
  );
}

/** Whether two tables have the same entries, in whatever order. */
export const sameTable = (a: Table, b: Table): boolean => sameEntries(a, b, samePool);

/** Whether two pools of one service need no change. */
export const samePool = (a: Pool, b: Pool): boolean =>
  a === b || (sameService(a.service, b.service) && sameEntries(a.servers, b.servers, sameServer));

function sameEntries<T>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  same: (x: T, y: T) => boolean,
): boolean {
  if (a.size !== b.size) return false;
  for (const [id, x] of a) {
    const y = b.get(id);
    if (y === undefined || !same(x, y)) return false;
  }
  return true;
}

function samePersistence(a: Persistence | undefined, b: Persistence | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.timeout === b.timeout && granularityText(a) === granularityText(b);
}

const granularityText = ({ granularity }: Persistence): string =>
  granularity.family === 4 ? granularity.mask : String(granularity.prefixLength);

function sameForwarding(a: Forwarding, b: Forwarding): boolean {
  if (a.method !== 'TUN' || b.method !== 'TUN') return a.method === b.method;
  return tunnelText(a.tunnel) === tunnelText(b.tunnel);
}

function tunnelText(tunnel: Tunnel): string {
  switch (tunnel.type) {
    case 'ipip':
      return 'ipip';
    case 'gre':
      return `gre ${tunnel.checksum}`;
    default:
      return `gue ${tunnel.port} ${tunnel.checksum}`;
  }
}
