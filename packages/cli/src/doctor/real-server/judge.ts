import { familyOf, type IpAddress } from '@holdfast/kit';
import type { Link, LinkAddress } from '@holdfast/netlink';
import type { Listener } from '../facts.ts';
import { lastingCommandOf } from './commands.ts';
import type { Mendable, RealServerFacts, Step } from './facts.ts';

/**
 * What a real server of a DR pool lacks: it must take packets for the virtual address, and must not say on the LAN that
 * it has it (ip-sysctl arp_ignore, arp_announce).
 */
export const judgeRealServer = (facts: RealServerFacts): readonly Mendable[] => [
  // Before the address is there: else it would be said on the LAN for a moment.
  ...(facts.virtual.some((address) => familyOf(address) === 4) ? silent(facts) : []),
  ...facts.virtual.flatMap((address) => placed(address, facts)),
  ...reachable(facts),
];

const mend = (steps: readonly Step[]): string => steps.map(lastingCommandOf).join(' && ');

function placed(address: IpAddress, { links, addresses, daemons }: RealServerFacts): readonly Mendable[] {
  const whole = familyOf(address) === 4 ? 32 : 128;
  const add: Step = { kind: 'add', address, prefixLength: whole, interface: 'lo' };
  const places = addresses.flatMap((one) => {
    const link = links.find(({ index }) => index === one.index);
    return one.address === address && link !== undefined ? [{ one, link }] : [];
  });
  const quiet = places.find(({ one, link }) => one.prefixLength === whole && keepsQuiet(link));
  const wrong = places.filter(({ one, link }) => !keepsQuiet(link) || one.prefixLength !== whole);
  if (places.length === 0) {
    const message = `${address} is on no interface: packets that the director sends here are thrown away`;
    return [
      {
        finding: { code: 'virtual-address-missing', severity: 'error', message, command: mend([add]) },
        steps: [add],
      },
    ];
  }
  return wrong.map((place, index) => {
    const steps = [removalOf(place), ...(quiet === undefined && index === 0 ? [add] : [])];
    // Where a daemon runs it may be the master's: nothing is taken from it unasked.
    const isMasters = daemons.length > 0 && !keepsQuiet(place.link);
    return { finding: misplaced(place, mend(steps), daemons), steps: isMasters ? [] : steps };
  });
}

interface Place {
  readonly one: LinkAddress;
  readonly link: Link;
}

const keepsQuiet = ({ loopback, noArp }: Link): boolean => loopback || noArp;

const removalOf = ({ one: { address, prefixLength }, link: { name } }: Place): Step => ({
  kind: 'delete',
  address,
  prefixLength,
  interface: name,
});

function misplaced(
  { one: { address, prefixLength }, link }: Place,
  command: string,
  daemons: RealServerFacts['daemons'],
): Mendable['finding'] {
  if (keepsQuiet(link))
    return {
      code: 'virtual-address-wide',
      severity: 'error',
      message: `${address} is on ${link.name} as /${prefixLength}: the whole network counts as this machine, and its neighbours are not reached`,
      command,
    };
  const [daemon] = daemons;
  return {
    code: 'virtual-address-on-lan',
    severity: 'error',
    message: `${address} is on ${link.name}, which answers ARP for it: the address jumps between director and real servers`,
    command,
    remedy:
      daemon === undefined
        ? 'its place is lo; if this machine is the director, doctor --real-server is not for it'
        : `a VRRP daemon runs here (pid ${daemon.pid}), so it may be the master's: --apply leaves it; is this machine a real server?`,
  };
}

/** The kernel takes the greater of an interface's value and that of `all`; so `all` settles it for every interface. */
function silent({ links, sysctls }: RealServerFacts): readonly Mendable[] {
  const lan = links.filter((link) => link.adminUp && !keepsQuiet(link));
  const settings = [
    { setting: 'arp_ignore', least: 1, effect: 'answer ARP for addresses of lo' },
    { setting: 'arp_announce', least: 2, effect: 'name addresses of lo as the sender of ARP requests' },
  ] as const;
  return settings.flatMap(({ setting, least, effect }): readonly Mendable[] => {
    const value = (name: string): number => sysctls.get(`net.ipv4.conf.${name}.${setting}`) ?? 0;
    const loud = lan.filter(({ name }) => Math.max(value('all'), value(name)) < least);
    if (loud.length === 0) return [];
    const steps: readonly Step[] = [{ kind: 'sysctl', name: `net.ipv4.conf.all.${setting}`, value: least }];
    const names = loud.map(({ name }) => name).join(', ');
    const message = `${names} would ${effect}: ${setting} is less than ${least}, and clients go past the director`;
    const code = setting.replace('_', '-');
    return [{ finding: { code, severity: 'error', message, command: mend(steps) }, steps }];
  });
}

const anywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const inside = /^(?:127\.|::1$)/;

/** Services that only this machine can reach refuse what the director sends. */
function reachable({ listeners, ports, virtual }: RealServerFacts): readonly Mendable[] {
  const wanted = (one: Listener): boolean => ports.length === 0 || ports.includes(one.port);
  const open = (one: Listener): boolean =>
    listeners.some(
      ({ protocol, port, address }) =>
        protocol === one.protocol &&
        port === one.port &&
        (anywhere.has(address) || virtual.includes(address)),
    );
  const shut = listeners.filter((one) => inside.test(one.address) && wanted(one) && !open(one));
  const found = shut.map((one): Mendable => {
    const { program = 'a service', protocol, address, port } = one;
    const message = `${program} listens at ${protocol} ${address}:${port} only: requests for ${virtual.join(', ')} are refused`;
    const command = `ss -lnp 'sport = :${port}'`;
    const remedy = `let it listen at 0.0.0.0:${port} or ${virtual[0] ?? ''}:${port}, unless it is not meant for clients`;
    const severity = ports.length === 0 ? 'warning' : 'error';
    return { finding: { code: 'loopback-listener', severity, message, command, remedy }, steps: [] };
  });
  return [...found, ...ports.filter((port) => !listeners.some((one) => one.port === port)).map(nobody)];
}

const nobody = (port: number): Mendable => ({
  finding: {
    code: 'no-listener',
    severity: 'error',
    message: `nobody listens at port ${port}: the director's checks fail, and requests are refused`,
    command: `ss -lnp 'sport = :${port}'`,
  },
  steps: [],
});
