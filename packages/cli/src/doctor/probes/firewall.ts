import { iptablesChains } from '../firewall/iptables.ts';
import type { Chain } from '../firewall/model.ts';
import { nftChains } from '../firewall/nft.ts';
import { outputOf } from './programs.ts';

/**
 * All rules of this network namespace. Where iptables writes into nft's tables, both programs show the same rule, and
 * iptables' spelling is the one that its reader knows: so it comes first.
 */
export function firewall(): readonly Chain[] {
  const legacy = ['iptables-legacy-save', 'ip6tables-legacy-save'] as const;
  return [
    ...iptablesChains(outputOf('iptables-save', []) ?? '', 4),
    ...iptablesChains(outputOf('ip6tables-save', []) ?? '', 6),
    ...iptablesChains(outputOf(legacy[0], []) ?? '', 4),
    ...iptablesChains(outputOf(legacy[1], []) ?? '', 6),
    ...nftChains(outputOf('nft', ['-j', 'list', 'ruleset']) ?? ''),
  ];
}
