import { fail, type Result } from '@holdfast/kit';
import { readFamily } from '../codec/address.ts';
import { readAttributes, readU16, readU32 } from '../codec/attributes.ts';
import { serviceAttribute as number, top } from '../codec/constants.ts';
import { decodeService, decodeServiceKey } from '../codec/service.ts';
import type { Service, ServiceKey } from '../table/types.ts';

export type Errno =
  | 'EPERM'
  | 'ENOENT'
  | 'ESRCH'
  | 'EEXIST'
  | 'ENODEV'
  | 'EINVAL'
  | 'ERANGE'
  | 'EOPNOTSUPP'
  | 'EAFNOSUPPORT'
  | 'ENETUNREACH';

export interface Modules {
  readonly schedulers: readonly string[];
  readonly persistenceEngines: readonly string[];
  readonly hasIpv6: boolean;
}

/** The key in a request's SERVICE nest, by the kernel's checks. @param attributes of the whole request */
export function parseServiceKey(attributes: Uint8Array, { hasIpv6 }: Modules): Result<ServiceKey, Errno> {
  const nested = readAttributes(attributes).get(top.service);
  if (nested === undefined) return fail('EINVAL');
  const family = readU16(readAttributes(nested).get(number.family));
  if (family === undefined) return fail('EINVAL');
  const of = readFamily(family);
  if (of === undefined || (of === 6 && !hasIpv6)) return fail('EAFNOSUPPORT');
  const key = decodeServiceKey(nested);
  return key.ok ? key : fail('EINVAL');
}

/** A whole service, as NEW_SERVICE and SET_SERVICE want it. */
export function parseService(attributes: Uint8Array, modules: Modules): Result<Service, Errno> {
  const key = parseServiceKey(attributes, modules);
  if (!key.ok) return key;
  const nested = readAttributes(attributes).get(top.service) ?? new Uint8Array();
  const found = readAttributes(nested);
  const [name, engine] = [found.get(number.scheduler), found.get(number.persistenceEngine)];
  const isShort = (type: number, length: number): boolean => (found.get(type)?.length ?? 0) < length;
  if (name === undefined || !isName(name)) return fail('EINVAL');
  if (engine !== undefined && !isName(engine, 16)) return fail('EINVAL');
  if (isShort(number.flags, 8) || isShort(number.timeout, 4) || isShort(number.netmask, 4))
    return fail('EINVAL');
  const prefixLength = readU32(found.get(number.netmask)) ?? 0;
  const isV6 = key.value.kind === 'fwmark' ? key.value.family === 6 : key.value.address.includes(':');
  const service = decodeService(nested);
  if (!service.ok) return fail('EINVAL');
  const { scheduler, persistenceEngine } = service.value;
  if (!modules.schedulers.includes(scheduler)) return fail('ENOENT');
  if (persistenceEngine !== undefined && !modules.persistenceEngines.includes(persistenceEngine))
    return fail('ENOENT');
  return isV6 && (prefixLength < 1 || prefixLength > 128) ? fail('EINVAL') : service;
}

/** NUL-terminated, with at most `most` bytes before the NUL. The kernel lets one more pass for an engine. */
export function isName(bytes: Uint8Array, most = 15): boolean {
  const end = bytes.indexOf(0);
  return end >= 0 && end <= most;
}
