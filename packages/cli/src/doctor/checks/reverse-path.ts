import { familyOf, inNetwork } from '@holdfast/kit';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { persistent } from '../sysctl-command.ts';

/**
 * Strict reverse path filtering (rp_filter 1, ip-sysctl) drops an advert whose sender is not reached by the interface
 * that it came in by: both routers become master.
 */
export function reversePath(facts: Facts): readonly Finding[] {
  const interfaces = new Set(
    facts.configuration.result.config.vrrpInstances
      .filter(({ family }) => family === 4)
      .map((instance) => instance.interface),
  );
  return [...interfaces].flatMap((name): readonly Finding[] => {
    const why = isStrict(facts, name) ? (rival(facts, name) ?? stranger(facts, name)) : undefined;
    if (why === undefined) return [];
    return [
      {
        code: 'strict-reverse-path',
        severity: 'warning',
        message: `rp_filter is 1 (strict) on ${name}, and ${why}: adverts may be dropped, and both routers be master`,
        command: persistent(`net.ipv4.conf.${name}.rp_filter`, 2),
      },
    ];
  });
}

/** The kernel takes the greater of the interface's value and that of `all`. */
function isStrict({ sysctls }: Facts, name: string): boolean {
  const value = (link: string): number => sysctls.get(`net.ipv4.conf.${link}.rp_filter`) ?? 0;
  return Math.max(value('all'), value(name)) === 1;
}

const networksOf = ({ links, addresses }: Facts, name: string) =>
  addresses.filter(
    ({ index, address, prefixLength }) =>
      familyOf(address) === 4 &&
      prefixLength < 32 &&
      links.find((link) => link.index === index)?.name === name,
  );

/** Another interface in the same network: the way back may lead over it. */
function rival(facts: Facts, name: string): string | undefined {
  const own = networksOf(facts, name);
  for (const { name: other, adminUp } of facts.links) {
    if (other === name || !adminUp) continue;
    const same = networksOf(facts, other).find((theirs) =>
      own.some(
        ({ address, prefixLength }) =>
          prefixLength === theirs.prefixLength && inNetwork(address, theirs.address, prefixLength),
      ),
    );
    if (same !== undefined) return `${other} is in the same network (${same.address}/${same.prefixLength})`;
  }
  return undefined;
}

/** An advert was heard from an address that is in none of the interface's networks. */
function stranger(facts: Facts, name: string): string | undefined {
  const networks = networksOf(facts, name);
  const found = (facts.heard ?? []).find(
    (heard) =>
      heard.interface === name &&
      familyOf(heard.source) === 4 &&
      !networks.some(({ address, prefixLength }) => inNetwork(heard.source, address, prefixLength)),
  );
  return found === undefined
    ? undefined
    : `${found.source}, which advertises there, is in no network of ${name}`;
}
