import type { VrrpInstance } from '@holdfast/config';
import { familyOf } from '@holdfast/kit';
import { AUTH_PASSWORD } from '@holdfast/wire';
import type { Facts, HeardAdvert } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { shellWord } from '../shell-word.ts';

/** Routers on the wire that use one of our virtual router ids, and are none of ours or do not agree with us. */
export function virtualRouters({ configuration, heard }: Facts): readonly Finding[] {
  const adverts = heard ?? [];
  const { vrrpInstances } = configuration.result.config;
  return vrrpInstances.flatMap((instance) =>
    adverts
      .filter((one) => one.interface === instance.interface && isSameRouter(instance, one))
      .flatMap(
        (one) =>
          disagreement(instance, one, configuration.path, () => freeId(instance, vrrpInstances, adverts)) ??
          [],
      ),
  );
}

/** Each family has virtual routers of its own (RFC 9568 §5.2.3). */
const isSameRouter = (instance: VrrpInstance, { source, advert }: HeardAdvert): boolean =>
  instance.family === familyOf(source) && advert.virtualRouterId === instance.virtualRouterId;

function disagreement(
  instance: VrrpInstance,
  one: HeardAdvert,
  path: string,
  unused: () => number,
): Finding | undefined {
  const { name, virtualRouterId } = instance;
  const where = `${one.source} (${one.mac}) on ${one.interface}`;
  const theirs = one.advert.addresses;
  const ours = instance.virtualAddresses.map(({ address }) => address);
  if (theirs.length > 0 && ours.length > 0 && !theirs.some((address) => ours.includes(address)))
    return {
      code: 'virtual-router-id-taken',
      severity: 'error',
      message: `virtual_router_id ${virtualRouterId} of ${name} belongs to a stranger: ${where} advertises ${theirs.join(', ')} with it`,
      command: change(path, 'virtual_router_id', virtualRouterId, unused()),
      remedy: 'on all routers of this instance',
    };
  if (one.advert.version !== instance.version)
    return {
      code: 'other-version',
      severity: 'error',
      message: `${where} speaks VRRP version ${one.advert.version} for virtual_router_id ${virtualRouterId}, ${name} version ${instance.version}: they do not hear each other, and both become master`,
      command: `grep -n -e vrrp_version -e '^ *version' ${shellWord(path)}`,
      remedy: 'the same vrrp_version on both',
    };
  return authentication(instance, one, where, path) ?? interval(instance, one, where, path);
}

function authentication(
  { name, authentication: { type, ...ours }, virtualRouterId }: VrrpInstance,
  { advert }: HeardAdvert,
  where: string,
  path: string,
): Finding | undefined {
  if (advert.version === 3) return undefined;
  const theirs = advert.authType === AUTH_PASSWORD ? 'pass' : 'none';
  const password = Buffer.alloc(8);
  if ('password' in ours && typeof ours.password === 'string') password.write(ours.password);
  if (theirs === type && (type === 'none' || password.equals(advert.authData))) return undefined;
  const what =
    theirs === type
      ? 'another auth_pass'
      : theirs === 'pass'
        ? 'a password, and we have none'
        : 'no password';
  return {
    code: 'other-password',
    severity: 'error',
    message: `${where} sends ${what} for virtual_router_id ${virtualRouterId}, as ${name} has: neither believes the other, and both become master`,
    command: `grep -n -A 3 authentication ${shellWord(path)}`,
    remedy:
      'the same auth_type and auth_pass on both; only 8 characters count. If it is a stranger, another virtual_router_id',
  };
}

/** Version 2 drops an advert with another interval (RFC 3768 §7.1); version 3 learns it. */
function interval(
  { name, advertInterval }: VrrpInstance,
  { advert }: HeardAdvert,
  where: string,
  path: string,
): Finding | undefined {
  const ours = Math.trunc(advertInterval / 1e6);
  if (advert.version === 3 || advert.advertSeconds === ours) return undefined;
  return {
    code: 'other-interval',
    severity: 'error',
    message: `${where} has advert_int ${advert.advertSeconds}, ${name} has ${ours}: version 2 needs the same on both`,
    command: change(path, 'advert_int', ours, advert.advertSeconds),
    remedy: 'or the other way round on the other router',
  };
}

const change = (path: string, keyword: string, from: number, to: number): string =>
  `sed -i -E 's/(${keyword}[[:space:]]+)${from}\\b/\\1${to}/' ${shellWord(path)}`;

/** The next id that neither we nor anybody heard uses on the interface. */
function freeId(
  { virtualRouterId, interface: name }: VrrpInstance,
  instances: readonly VrrpInstance[],
  adverts: readonly HeardAdvert[],
): number {
  const used = new Set([
    ...instances.filter((one) => one.interface === name).map((one) => one.virtualRouterId),
    ...adverts.filter((one) => one.interface === name).map(({ advert }) => advert.virtualRouterId),
  ]);
  for (let step = 1; step < 255; step++) {
    const id = ((virtualRouterId - 1 + step) % 255) + 1;
    if (!used.has(id)) return id;
  }
  return virtualRouterId;
}
