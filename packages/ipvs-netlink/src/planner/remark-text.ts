import { unreachable } from '@holdfast/kit';
import { serverId, serviceId } from '../table/identity.ts';
import type { Remark } from './types.ts';

/**
 * A remark in words, for the log. Two remarks with the same words are the same: the periodic look makes a remark again
 * as long as its cause lasts, and whoever logs it compares with the last look.
 */
export function remarkText(remark: Remark): string {
  const service = serviceId(remark.service);
  switch (remark.kind) {
    case 'service-vanished':
      return `somebody deleted service ${service}: it is restored with its servers`;
    case 'server-vanished':
      return `somebody deleted server ${serverId(remark.server)} of ${service}: it is restored`;
    case 'service-altered':
      return `somebody changed the settings of service ${service}: they are restored`;
    case 'server-altered':
      return `somebody changed the settings of server ${serverId(remark.found)} of ${service}: they are restored`;
    case 'weight-by-hand':
      return `somebody set the weight of server ${serverId(remark.server)} of ${service} to ${remark.found} (ours: ${remark.written}): it is left so`;
    case 'server-not-ours':
      return `somebody added server ${serverId(remark.found)} to ${service}: it is left alone`;
    case 'service-adopted':
      return `service ${service} was there already: it is taken over`;
    default:
      return unreachable(remark);
  }
}
