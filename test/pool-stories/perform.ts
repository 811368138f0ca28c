import type { Change, Ipvs, Server, Table } from '@holdfast/ipvs-netlink';
import { service } from '@holdfast/ipvs-netlink';
import { address } from '@holdfast/kit';
import type { Operator } from './acts.ts';

/**
 * Does to a kernel's table what an operator does.
 * @param table as it is now
 * @returns whether the kernel has taken it
 */
export async function perform(ipvs: Ipvs, table: Table, act: Operator): Promise<boolean> {
  if (act.kind === 'flush') return (await ipvs.flush()).ok;
  const change = changeOf(table, act);
  if (change === undefined) return false;
  const [result] = await ipvs.perform([change]);
  return result?.ok === true;
}

function changeOf(table: Table, act: Exclude<Operator, { kind: 'flush' }>): Change | undefined {
  if (act.kind === 'add-service') return newService(act.service);
  const pool = table.get(act.service);
  if (pool === undefined) return undefined;
  const { key } = pool.service;
  switch (act.kind) {
    case 'delete-service':
      return { kind: 'delete-service', service: key };
    case 'alter-service': {
      const scheduler = pool.service.scheduler === 'wrr' ? 'rr' : 'wrr';
      return { kind: 'set-service', service: { ...service(key, scheduler) } };
    }
    default: {
      const [host = '', port = ''] = act.server.split(':');
      const server = { address: address(host), port: Number(port) };
      if (act.kind === 'delete-server') return { kind: 'delete-server', service: key, server };
      const before: Omit<Server, 'weight' | 'address' | 'port'> = pool.servers.get(act.server) ?? {
        forwarding: { method: 'NAT' },
        upperThreshold: 0,
        lowerThreshold: 0,
      };
      return { kind: act.kind, service: key, server: { ...before, ...server, weight: act.is.weight } };
    }
  }
}

function newService(name: string): Change | undefined {
  const [, protocol, host, port] = /^(tcp|udp) (.*):(\d+)$/.exec(name) ?? [];
  if (host === undefined || (protocol !== 'tcp' && protocol !== 'udp')) return undefined;
  const key = { kind: 'address', protocol, address: address(host), port: Number(port) } as const;
  return { kind: 'add-service', service: service(key, 'rr') };
}
