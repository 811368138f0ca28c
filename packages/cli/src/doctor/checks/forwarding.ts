import type { VirtualServer } from '@holdfast/config';
import { familyOf } from '@holdfast/kit';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { persistent } from '../sysctl-command.ts';

/** NAT pools need a machine that forwards: the answers of the real servers go through it. */
export function forwarding({ configuration, sysctls }: Facts): readonly Finding[] {
  const behindNat = configuration.result.config.virtualServers.flatMap(serversBehindNat);
  return ([4, 6] as const).flatMap((family): readonly Finding[] => {
    const setting = family === 4 ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding';
    const first = behindNat.find(({ address }) => familyOf(address) === family);
    if (first === undefined || sysctls.get(setting) !== 0) return [];
    return [
      {
        code: 'forwarding-off',
        severity: 'error',
        message: `${setting} is 0, but ${first.server} reaches ${first.address} by NAT: no packet is forwarded`,
        command: persistent(setting, 1),
      },
    ];
  });
}

const serversBehindNat = ({ key, realServers, sorryServer }: VirtualServer) =>
  [...realServers, ...(sorryServer === undefined ? [] : [sorryServer])]
    .filter(({ forwarding: { method } }) => method === 'NAT')
    .map(({ address }) => ({ server: key, address }));
