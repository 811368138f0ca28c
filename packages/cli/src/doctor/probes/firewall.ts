import { iptablesChains } from '../firewall/iptables.ts';
import type { Chain } from '../firewall/model.ts';
import { nftChains } from '../firewall/nft.ts';
import { outputOf } from './programs.ts';

/**
 * All rules of this network namespace. Where iptables writes into nft's tables, both programs show the same rule, and
 * iptables' spelling is the one that its reader knows: so it comes first.
 */
export const firewall = (): readonly Chain[] => [
  ...['iptables', 'ip6tables', 'iptables-legacy', 'ip6tables-legacy'].flatMap((program) =>
    iptablesChains(outputOf(`${program}-save`, []) ?? '', program),
  ),
  ...nftChains(outputOf('nft', ['-j', 'list', 'ruleset']) ?? ''),
];
