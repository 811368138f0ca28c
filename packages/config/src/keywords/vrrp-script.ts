import { scriptWeight } from '../arguments/list-entries.ts';
import { secondsBetween, wholeNumber } from '../arguments/number.ts';
import { script, scriptUser } from '../arguments/script.ts';
import { nothing } from '../arguments/simple.ts';
import { keyword } from './row.ts';

const most = 2 ** 31 - 1;

/** What stands in `vrrp_script NAME { }`. */
export const vrrpScriptRows = {
  script: keyword(script({ missing: 'ignored' }), 'The program; its exit status 0 means that all is well.', {
    default: 'none (required)',
    property: 'command',
  }),
  interval: keyword(
    secondsBetween(0.001, 4294, { places: 3, zeroBecomes: 1 }),
    'Time from the start of one run to the start of the next.',
    { default: '1', property: 'interval' },
  ),
  timeout: keyword(
    secondsBetween(0.001, 4294, { places: 3, zeroBecomes: 1 }),
    'A run that takes longer is ended and counts as failed.',
    { default: '0 (=interval)', property: 'timeout' },
  ),
  weight: keyword(
    scriptWeight,
    'Added to the priority while the script succeeds (positive), or subtracted while it fails (negative); 0 means FAULT.',
    { default: '0', property: 'weight' },
  ),
  rise: keyword(wholeNumber(1, most, { outside: 1 }), 'Successes in a row until it counts as good.', {
    default: '1',
    property: 'rise',
  }),
  fall: keyword(wholeNumber(1, most, { outside: 1 }), 'Failures in a row until it counts as bad.', {
    default: '1',
    property: 'fall',
  }),
  user: keyword(scriptUser, 'Who runs the program.', { default: 'default script user', property: 'command' }),
  init_fail: keyword(nothing, 'Counts as bad until it has succeeded.', { property: 'initFail' }),
} as const;
