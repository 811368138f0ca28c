import {
  fail,
  familyOf,
  type IpAddress,
  inNetwork,
  isLinkLocal,
  ok,
  parseAddress,
  type Result,
} from '@holdfast/kit';
import type { Facts, Nic } from './facts.ts';
import { type Obstacle, obstacle, passing, type Sourced, sourced } from './obstacle.ts';
import type { VirtualAddress, Wishes } from './wishes.ts';

/** The interface that VRRP runs on: as HOLDFAST_INTERFACE says, else that of the default route, else the only one. */
export function chooseNic(
  { interface: wish, vips }: Pick<Wishes, 'interface' | 'vips'>,
  { nics, defaultRoutes }: Pick<Facts, 'nics' | 'defaultRoutes'>,
): Result<Sourced<Nic>, Obstacle> {
  if (wish?.includes('/') === true) return byNetwork(wish, nics, vips);
  if (wish !== undefined) return byName(wish, nics);
  const usable = withAddresses(nics, vips);
  const [best] = defaultRoutes;
  if (best === undefined) return withoutRoute(usable, nics);
  const names = defaultRoutes
    .filter(({ family, metric }) => family === best.family && metric === best.metric)
    .map((route) => route.interface);
  if (new Set(names).size > 1)
    return fail(obstacle(`equally good default routes leave through ${list(names)}`, setIt(names)));
  const nic = nics.find(({ name }) => name === best.interface);
  if (nic === undefined)
    return fail(
      passing(`the default route leaves through ${best.interface}, which is not there`, setIt(names)),
    );
  return misled(nic, nics, vips) ?? ok(sourced(nic, 'the interface of the default route'));
}

/** Of the virtual addresses' family; an address that the kernel gave by itself counts where nobody has another. */
function withAddresses(nics: readonly Nic[], vips: readonly VirtualAddress[]): readonly Nic[] {
  const [first] = vips;
  const family = first === undefined ? 4 : familyOf(first.address);
  const having = (fits: (address: IpAddress) => boolean): readonly Nic[] =>
    nics.filter(({ addresses }) =>
      addresses.some(({ address }) => familyOf(address) === family && fits(address)),
    );
  const given = having((address) => !isLinkLocal(address));
  return given.length > 0 ? given : having(() => true);
}

function byNetwork(wish: string, nics: readonly Nic[], vips: readonly VirtualAddress[]) {
  const [text = '', length = ''] = wish.split('/');
  const network = parseAddress(text);
  const most = text.includes(':') ? 128 : 32;
  if (network === undefined || !/^\d{1,3}$/.test(length) || Number(length) > most)
    return fail(obstacle(`HOLDFAST_INTERFACE=${wish} is no network`, 'write ADDRESS/PREFIX, or a name'));
  const fitting = nics.filter(({ addresses }) =>
    addresses.some(({ address }) => inNetwork(address, network, Number(length)) && !isVirtual(address, vips)),
  );
  return theOne(fitting, nics, `with an address in ${wish}`);
}

function byName(wish: string, nics: readonly Nic[]) {
  if (!/[*?[\]]/.test(wish)) {
    return theOne(
      nics.filter(({ name }) => name === wish),
      nics,
      `called ${wish}`,
    );
  }
  const pattern = patternOf(wish);
  if (pattern === undefined)
    return fail(obstacle(`HOLDFAST_INTERFACE=${wish} is no pattern`, 'use *, ? and [abc]'));
  return theOne(
    nics.filter(({ name }) => pattern.test(name)),
    nics,
    `fitting ${wish}`,
  );
}

/** A pattern of a shell as a regular expression; undefined where a bracket is not closed. */
function patternOf(wish: string): RegExp | undefined {
  const source = wish
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
    .replaceAll('[!', '[^');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}

function theOne(fitting: readonly Nic[], all: readonly Nic[], what: string) {
  const [only, second] = fitting;
  if (only === undefined)
    return fail(
      passing(
        `there is no interface ${what}`,
        all.length === 0 ? 'give the container a network' : `there are ${list(all.map(({ name }) => name))}`,
      ),
    );
  if (second !== undefined) {
    const names = fitting.map(({ name }) => name);
    return fail(obstacle(`${list(names)} are interfaces ${what}`, setIt(names)));
  }
  return ok(sourced(only, 'HOLDFAST_INTERFACE'));
}

function withoutRoute(usable: readonly Nic[], all: readonly Nic[]) {
  const [only, second] = usable;
  if (only === undefined)
    return fail(
      passing(
        all.length === 0
          ? 'there is no interface'
          : `no interface has an address of the right family (there are ${list(all.map(({ name }) => name))})`,
        'give the container a network',
      ),
    );
  if (second === undefined) return ok(sourced(only, 'the only interface that has an address'));
  const names = usable.map(({ name }) => name);
  return fail(passing(`there is no default route, and ${list(names)} could be meant`, setIt(names)));
}

/** The default route decides, unless a virtual address lies in the network of another interface: that is a riddle. */
function misled(nic: Nic, nics: readonly Nic[], vips: readonly VirtualAddress[]) {
  for (const { address } of vips) {
    const homes = nics.filter(({ addresses }) =>
      addresses.some((own) => own.address !== address && inNetwork(address, own.address, own.prefixLength)),
    );
    const [home] = homes;
    if (home === undefined || homes.includes(nic)) continue;
    return fail(
      obstacle(
        `${address} lies in the network of ${home.name}, and the default route leaves through ${nic.name}`,
        setIt([home.name, nic.name]),
      ),
    );
  }
  return undefined;
}

export const isVirtual = (address: string, vips: readonly VirtualAddress[]): boolean =>
  vips.some((vip) => vip.address === address);

const list = (names: readonly string[]): string => [...new Set(names)].join(' and ');
const setIt = (names: readonly string[]): string =>
  `set HOLDFAST_INTERFACE=${[...new Set(names)].join(' or ')}`;
