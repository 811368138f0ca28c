import { address, fail, familyOf, isMulticast, ok, type Result } from '@holdfast/kit';
import { readAttributes, readU32 } from '../codec/attributes.ts';
import { daemonAttribute as number, top } from '../codec/constants.ts';
import { decodeDaemon, roleOf } from '../codec/daemon.ts';
import type { SyncDaemon, SyncRole } from '../table/reports.ts';
import type { Errno } from './parse-service.ts';
import { isName } from './parse-service.ts';
import type { FakeInterface } from './types.ts';

export interface FakeDaemons {
  readonly running: ReadonlyMap<SyncRole, SyncDaemon>;
  /** @param hasMixed a server of another family than its service is in the table */
  start(attributes: Uint8Array, hasMixed: boolean): Errno | undefined;
  stop(attributes: Uint8Array): Errno | undefined;
}

export function fakeDaemons(interfaces: readonly FakeInterface[]): FakeDaemons {
  const running = new Map<SyncRole, SyncDaemon>();
  return {
    running,
    start(attributes, hasMixed) {
      const asked = parseDaemon(attributes);
      if (!asked.ok) return asked.error;
      const daemon = asked.value;
      if (hasMixed) return 'EINVAL';
      if (running.has(daemon.role)) return 'EEXIST';
      const device = interfaces.find(({ name }) => name === daemon.interface);
      if (device === undefined) return 'ENODEV';
      if (daemon.group !== undefined && !isMulticast(daemon.group)) return 'EINVAL';
      // Only a sender needs a route to the group at once.
      if (!device.up && daemon.role === 'master') return 'ENETUNREACH';
      running.set(daemon.role, filledIn(daemon, device.mtu));
      return undefined;
    },
    stop(attributes) {
      const nested = readAttributes(attributes).get(top.daemon);
      const role =
        nested === undefined ? undefined : roleOf(readU32(readAttributes(nested).get(number.state)));
      if (role === undefined) return 'EINVAL';
      return running.delete(role) ? undefined : 'ESRCH';
    },
  };
}

function parseDaemon(attributes: Uint8Array): Result<SyncDaemon, Errno> {
  const nested = readAttributes(attributes).get(top.daemon);
  const name = nested === undefined ? undefined : readAttributes(nested).get(number.interface);
  if (nested === undefined || name === undefined || !isName(name)) return fail('EINVAL');
  const daemon = decodeDaemon(nested);
  return daemon.ok ? ok(daemon.value) : fail('EINVAL');
}

/** What the kernel chooses where nothing, or 0, is given. */
function filledIn(daemon: SyncDaemon, mtu: number): SyncDaemon {
  const group = daemon.group ?? address('224.0.0.81');
  const masterLength = familyOf(group) === 6 ? 1452 : 1472;
  return {
    ...daemon,
    group,
    maximumLength:
      daemon.maximumLength || (daemon.role === 'master' ? masterLength : Math.max(mtu - 28, 1472)),
    port: daemon.port || 8848,
    ttl: daemon.ttl || 1,
  };
}
