import { longestInterval, secondsBetween, wholeNumber } from '../arguments/number.ts';
import { checkUser, script } from '../arguments/script.ts';
import { nothing, optionalBoolean } from '../arguments/simple.ts';
import { connectionRows } from './checker-connection.ts';
import { httpCheckRows, sslCheckRows } from './http-checkers.ts';
import { laterCheckerRows } from './later/checkers.ts';
import { keyword, keywords } from './row.ts';

const checker = { owner: 'checker', property: 'realServers' } as const;

/** What stands in `TCP_CHECK { }`. */
export const tcpCheckRows = connectionRows();

/** What stands in `MISC_CHECK { }`. */
export const miscCheckRows = {
  retry: keyword(wholeNumber(0, 4294967295), 'Extra attempts before the check fails.', {
    ...checker,
    default: 'real server setting, else 0',
  }),
  delay_before_retry: keyword(secondsBetween(0, longestInterval), 'Delay before an extra attempt.', {
    ...checker,
    default: 'real server setting, else 1 s',
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
  misc_path: keyword(script(), 'Program to run.', {
    ...checker,
    default: 'none (required)',
    property: 'program',
  }),
  misc_timeout: keyword(secondsBetween(0, 4294, { places: 0 }), 'Time limit of the program.', {
    ...checker,
    default: '0 (= delay_loop of the virtual server)',
  }),
  misc_dynamic: keyword(nothing, 'Exit codes 2..255 set the weight to code - 2.', { ...checker }),
  user: keyword(checkUser, 'User and group of the program.', {
    ...checker,
    default: 'default script user',
  }),
} as const;

/** Checkers of a `real_server`: at least one should be there. */
export const checkerRows = {
  MISC_CHECK: keyword(nothing, 'Check by running a program.', {
    ...checker,
    repeat: 'accumulates',
    block: keywords(miscCheckRows),
  }),
  TCP_CHECK: keyword(nothing, 'Check by a TCP connection.', {
    ...checker,
    repeat: 'accumulates',
    block: keywords(tcpCheckRows),
  }),
  HTTP_GET: keyword(nothing, 'Check by HTTP requests.', {
    ...checker,
    repeat: 'accumulates',
    block: keywords(httpCheckRows),
  }),
  SSL_GET: keyword(nothing, 'Check by HTTPS requests.', {
    ...checker,
    repeat: 'accumulates',
    block: keywords(sslCheckRows),
  }),
  ...laterCheckerRows,
} as const;
