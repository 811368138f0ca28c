import type { Checker, RealServer, RealServerAddress, VirtualServer } from '@holdfast/config';
import { unreachable } from '@holdfast/kit';
import type { Remark } from './checker-result.ts';
import type { HealthLogRecord, Override } from './types.ts';

type Level = HealthLogRecord['level'];

const record = (id: string, text: string, level: Level = 'info'): HealthLogRecord => ({ id, level, text });

/**
 * Every sentence that a virtual server's health logs. Where operators search logs for words of keepalived's, these
 * are the words (`Removing service`, `Lost quorum`); servers are named as in the configuration's keys.
 */
export const messages = {
  activating: (vs: VirtualServer, server: RealServer): HealthLogRecord =>
    record('checker-activated', `Activating healthchecker for service ${server.key} for VS ${vs.key}`),
  suspending: (vs: VirtualServer, server: RealServer): HealthLogRecord =>
    record('checker-suspended', `Suspending healthchecker for service ${server.key} for VS ${vs.key}`),
  serverComes: (vs: VirtualServer, server: RealServer): HealthLogRecord =>
    record(
      'server-in',
      server.inhibitOnFailure
        ? `Enabling service ${server.key} of VS ${vs.key}`
        : `Adding service ${server.key} to VS ${vs.key}`,
    ),
  serverGoes: (vs: VirtualServer, server: RealServer): HealthLogRecord =>
    record(
      'server-out',
      server.inhibitOnFailure
        ? `Disabling service ${server.key} of VS ${vs.key}`
        : `Removing service ${server.key} from VS ${vs.key}`,
      'warning',
    ),
  serverGone: (server: RealServer): HealthLogRecord =>
    record('server-deleted', `service ${server.key} no longer exist`),
  serverRemoved: (vs: VirtualServer, server: RealServer): HealthLogRecord =>
    record('server-removed', `Removing service ${server.key} from VS ${vs.key}`),
  serverShutDown: (vs: VirtualServer, server: RealServer, alive: boolean): HealthLogRecord =>
    record(
      'server-shut-down',
      `Shutting down ${server.inhibitOnFailure && !alive ? '(inhibited) ' : ''}service ${server.key} from VS ${vs.key}`,
    ),
  virtualServerGone: (vs: VirtualServer): HealthLogRecord =>
    record('virtual-server-deleted', `Removing Virtual Server ${vs.key}`),
  weightChanged: (
    vs: VirtualServer,
    server: RealServer,
    from: number,
    to: number,
    active: boolean,
  ): HealthLogRecord =>
    record(
      'weight-changed',
      `Changing weight from ${from} to ${to} for ${active ? '' : 'in'}active service ${server.key} of VS ${vs.key}`,
    ),
  overridden: (vs: VirtualServer, server: RealServer, override: Override | undefined): HealthLogRecord =>
    record('server-overridden', `service ${server.key} of VS ${vs.key} ${overrideText(override)}`, 'notice'),
  quorumGained: (vs: VirtualServer, weight: number): HealthLogRecord =>
    record(
      'quorum-gained',
      `Gained quorum ${vs.quorum}+${vs.hysteresis}=${vs.quorum + vs.hysteresis} <= ${weight} for VS ${vs.key}`,
      'notice',
    ),
  quorumLost: (vs: VirtualServer, weight: number): HealthLogRecord =>
    record(
      'quorum-lost',
      `Lost quorum ${vs.quorum}-${vs.hysteresis}=${vs.quorum - vs.hysteresis} > ${weight} for VS ${vs.key}`,
      'warning',
    ),
  startsWithoutQuorum: (vs: VirtualServer, weight: number): HealthLogRecord =>
    record(
      'quorum-down-at-start',
      `Starting with quorum down ${vs.quorum}+${vs.hysteresis}=${vs.quorum + vs.hysteresis} > ${weight} for VS ${vs.key}`,
      'warning',
    ),
  sorryComes: (vs: VirtualServer): readonly HealthLogRecord[] => {
    if (vs.sorryServer === undefined) return [];
    const sorry = sorryKey(vs, vs.sorryServer);
    return [
      record(
        'sorry-server-in',
        vs.sorryServerInhibit
          ? `Enabling sorry server ${sorry} of VS ${vs.key}`
          : `Adding sorry server ${sorry} to VS ${vs.key}`,
        'notice',
      ),
      record('servers-out', `Removing alive servers from the pool for VS ${vs.key}`, 'notice'),
    ];
  },
  sorryGoes: (vs: VirtualServer): readonly HealthLogRecord[] => {
    if (vs.sorryServer === undefined) return [];
    const sorry = sorryKey(vs, vs.sorryServer);
    return [
      record(
        'sorry-server-out',
        vs.sorryServerInhibit
          ? `Disabling sorry server ${sorry} of VS ${vs.key}`
          : `Removing sorry server ${sorry} from VS ${vs.key}`,
        'notice',
      ),
      record('servers-in', `Adding alive servers to the pool for VS ${vs.key}`, 'notice'),
    ];
  },
  checked: (vs: VirtualServer, server: RealServer, what: Checker, remark: Remark): HealthLogRecord => {
    switch (remark.kind) {
      case 'success':
        return record('check-succeeded', successText(vs, server, what));
      case 'failure':
        return record('check-failed', failureText(vs, server, what, remark), 'warning');
      case 'note':
        return record(
          'check-note',
          `${what.kind} on service ${server.key} of VS ${vs.key}: ${remark.reason}`,
        );
      case 'local-error':
        return record(
          'check-impossible',
          `${what.kind} on service ${server.key} of VS ${vs.key} cannot be made here: ${remark.reason}`,
          'warning',
        );
      default:
        return unreachable(remark);
    }
  },
};

function overrideText(override: Override | undefined): string {
  if (override === undefined) return 'follows the configuration again: the operator has enabled it';
  switch (override.kind) {
    case 'drain':
      return 'is drained by the operator: no new connections, those that are stay';
    case 'disable':
      return 'is disabled by the operator: it is taken out of the table';
    default:
      return `gets weight ${override.weight} from the operator`;
  }
}

function successText(vs: VirtualServer, server: RealServer, what: Checker): string {
  switch (what.kind) {
    case 'TCP_CHECK':
      return `TCP connection to ${server.key} success.`;
    case 'MISC_CHECK':
      return `Misc check for [${server.key} VS ${vs.key}] by [${what.command.argv[0]}] succeeded.`;
    default:
      return `Remote Web server ${server.key} succeed on service.`;
  }
}

/** The sentence ends as operators know it; why it failed follows. */
function failureText(
  vs: VirtualServer,
  server: RealServer,
  what: Checker,
  { reason, attempt, final }: Extract<Remark, { readonly kind: 'failure' }>,
): string {
  const { retry } = what.pace;
  const counted = attempt === 0 ? '' : ` after ${attempt} retries`;
  const retries = retry === 0 ? '' : final ? counted : ` on retry ${attempt}/${retry}`;
  const subject =
    what.kind === 'MISC_CHECK'
      ? `Misc check for [${server.key} VS ${vs.key}] by [${what.command.argv[0]}]`
      : `${what.kind === 'TCP_CHECK' ? 'TCP_CHECK' : 'HTTP_CHECK'} on service ${server.key}`;
  return `${subject} failed${retries}. (${reason})`;
}

/** Named as real servers are. */
const sorryKey = ({ protocol }: VirtualServer, { address, port }: RealServerAddress): string =>
  `[${address}]:${protocol}:${port}`;
