import type { VrrpInstance } from '@holdfast/config';
import { familyOf } from '@holdfast/kit';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { type Dropped, droppedBy } from '../firewall/judge.ts';
import type { Packet } from '../firewall/model.ts';

/** Firewall rules that drop adverts, on their way in or out. */
export function firewall(facts: Facts): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const instance of facts.configuration.result.config.vrrpInstances) {
    for (const packet of packetsOf(instance, facts)) {
      const dropped = droppedBy(packet, facts.firewall);
      if (dropped === undefined) continue;
      const finding = findingFor(instance, packet, dropped);
      if (!found.has(finding.command)) found.set(finding.command, finding);
    }
  }
  return [...found.values()];
}

function packetsOf(instance: VrrpInstance, { links, addresses }: Facts): readonly Packet[] {
  const { family, interface: name, unicastPeers, multicastDestination, sourceAddress } = instance;
  const link = links.find((one) => one.name === name);
  const own = addresses.find(({ index, address }) => index === link?.index && familyOf(address) === family);
  const ours = sourceAddress ?? own?.address;
  const network = own === undefined ? undefined : `${own.address}/${own.prefixLength}`;
  const base = { family, interface: name } as const;
  if (unicastPeers.length === 0)
    return [
      { ...base, hook: 'input', source: network, destination: multicastDestination },
      { ...base, hook: 'output', source: ours, destination: multicastDestination },
    ];
  return unicastPeers.flatMap(({ address }): readonly Packet[] => [
    ...(ours === undefined ? [] : [{ ...base, hook: 'input', source: address, destination: ours } as const]),
    { ...base, hook: 'output', source: ours, destination: address },
  ]);
}

function findingFor({ name }: VrrpInstance, packet: Packet, { chain, rule }: Dropped): Finding {
  const way = packet.hook === 'input' ? 'that come in' : 'that go out';
  const effect = packet.hook === 'input' ? 'this router believes itself alone' : 'the others believe it dead';
  const by = rule === undefined ? 'the policy of a chain' : 'a rule';
  return {
    code: 'firewall-drops-adverts',
    severity: 'error',
    message: `${by} drops the adverts of ${name} ${way} by ${packet.interface} (protocol 112 to ${packet.destination}): ${effect}`,
    command: rule?.removal ?? acceptance(chain, packet),
    remedy: `to see it: ${chain.listing}`,
  };
}

/** A rule before all others of the chain. */
function acceptance({ id }: Dropped['chain'], { hook, interface: name }: Packet): string {
  const [program = '', ...rest] = id.split(' ');
  if (program === 'nft')
    return `nft insert rule ${rest.join(' ')} ${hook === 'input' ? 'iifname' : 'oifname'} ${name} meta l4proto 112 accept`;
  const [table = '', chain = ''] = rest;
  return `${program} -t ${table} -I ${chain} ${hook === 'input' ? '-i' : '-o'} ${name} -p 112 -j ACCEPT`;
}
