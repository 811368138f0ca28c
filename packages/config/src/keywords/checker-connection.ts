import { ipAddress } from '../arguments/address.ts';
import { longestInterval, secondsBetween, wholeNumber } from '../arguments/number.ts';
import { optionalBoolean, word } from '../arguments/simple.ts';
import { keyword } from './row.ts';

const checker = { owner: 'checker', property: 'realServers' } as const;

/** What a checker does where nothing is said, for people. */
export interface CheckerDefaults {
  readonly retry: string;
  readonly delay: string;
}

/** Where a checker connects to, and how patient it is: rows of their own for each checker. */
export const connectionRows = ({ retry, delay }: CheckerDefaults = { retry: '1', delay: '1 s' }) =>
  ({
    connect_ip: keyword(ipAddress(), 'Address to connect to.', {
      ...checker,
      default: 'address of the real server',
    }),
    connect_port: keyword(wholeNumber(1, 65535, { syntax: 'PORT' }), 'Port to connect to.', {
      ...checker,
      default: 'port of the real server',
    }),
    bindto: keyword(ipAddress(), 'Source address.', { ...checker }),
    bind_port: keyword(wholeNumber(1, 65535, { syntax: 'PORT' }), 'Source port.', { ...checker }),
    bind_if: keyword(word({ syntax: 'IFNAME', longest: 15 }), 'Interface to bind to.', { ...checker }),
    connect_timeout: keyword(secondsBetween(0.000001, 4294.967295), 'Connection and I/O timeout.', {
      ...checker,
      default: 'connect_timeout of the real server (5)',
    }),
    fwmark: keyword(wholeNumber(0, 4294967295), 'Mark set on the check packets.', {
      ...checker,
      default: '0',
    }),
    retry: keyword(wholeNumber(0, 4294967295), 'Extra attempts before the check fails.', {
      ...checker,
      default: `real server setting, else ${retry}`,
    }),
    delay_before_retry: keyword(secondsBetween(0, longestInterval), 'Delay before an extra attempt.', {
      ...checker,
      default: `real server setting, else ${delay}`,
    }),
    warmup: keyword(secondsBetween(0, longestInterval), 'Upper bound of the random start delay.', {
      ...checker,
      default: 'real server setting, else delay_loop',
    }),
    delay_loop: keyword(secondsBetween(0.000001, longestInterval), 'Check interval.', {
      ...checker,
      default: 'real server setting (60)',
    }),
    alpha: keyword(optionalBoolean, 'Start in failed state.', {
      ...checker,
      default: 'real server setting',
    }),
    log_all_failures: keyword(optionalBoolean, 'Log failures that are still being retried.', {
      ...checker,
      default: 'false (global checker_log_all_failures also enables)',
    }),
  }) as const;

export type ConnectionRows = ReturnType<typeof connectionRows>;
