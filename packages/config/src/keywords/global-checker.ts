import { lvsTimeouts } from '../arguments/lvs-timeouts.ts';
import { wholeNumber } from '../arguments/number.ts';
import { choice, nothing, optionalBoolean, word } from '../arguments/simple.ts';
import { syncDaemon } from '../arguments/sync-daemon.ts';
import { keyword } from './row.ts';
import { lvsTimeoutWords, syncDaemonWords } from './words/option-words.ts';

const checker = { owner: 'checker' } as const;
const processName = word({ longest: 15, tooLong: 'cut' });

/** The healthcheck worker and the kernel's table as a whole: keywords of `global_defs`. */
export const globalCheckerRows = {
  checker_process_name: keyword(processName, 'The process name of the healthcheck worker.', {
    ...checker,
    default: 'inherited program name',
  }),
  lvs_process_name: keyword(processName, 'Old spelling; logs a deprecation message.', {
    ...checker,
    aliasOf: 'checker_process_name',
    deprecated: 'write checker_process_name',
    tolerated: true,
  }),
  checker_priority: keyword(
    wholeNumber(-20, 19, { missing: 'ignored', outside: 0 }),
    'The nice value of the healthcheck worker.',
    { ...checker, default: '0' },
  ),
  checker_rt_priority: keyword(
    wholeNumber(1, 99, { missing: 'ignored', outside: 'clamp' }),
    'Real-time priority of the healthcheck worker.',
    { ...checker, default: '0 (normal scheduling)' },
  ),
  checks_in_flight: keyword(
    wholeNumber(1, 1_000_000, { syntax: 'NUMBER' }),
    'Most checks over sockets at once; the others wait for their turn. Write it behind @holdfast.',
    { ...checker, default: '4096, or as many as the limit of open files allows', source: 'Holdfast' },
  ),
  rs_init_notifies: keyword(
    optionalBoolean,
    'Calls notify_up also for real servers that are in the pool from the start.',
    { ...checker, default: 'false' },
  ),
  lvs_flush: keyword(nothing, 'Empties the whole IPVS table at start, also of what is not ours.', {
    ...checker,
    default: 'false',
  }),
  lvs_flush_on_stop: keyword(
    choice(['VS'], { bare: 'everything' }),
    'Empties the whole IPVS table at stop, also of what is not ours; with VS only our virtual servers go, as they do anyway.',
    { ...checker, default: 'off' },
  ),
  lvs_flush_onstop: keyword(choice(['VS'], { bare: 'everything' }), 'Old spelling.', {
    ...checker,
    aliasOf: 'lvs_flush_on_stop',
    deprecated: 'write lvs_flush_on_stop',
    tolerated: true,
  }),
  lvs_timeouts: keyword(lvsTimeouts, 'Timeouts of IPVS connections; what they were is restored at stop.', {
    ...checker,
    default: 'kernel values untouched',
    words: lvsTimeoutWords,
  }),
  lvs_sync_daemon: keyword(
    syncDaemon,
    'Synchronises IPVS connections between directors: with inst in the role that the instance has, else in both.',
    { ...checker, repeat: 'first-wins', default: 'off', words: syncDaemonWords },
  ),
} as const;
