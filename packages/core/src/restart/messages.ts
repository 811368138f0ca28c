import type { LogRecord } from '../log/record.ts';

const info = (id: string, text: string): LogRecord => ({ id, level: 'info', text });
const warning = (id: string, text: string): LogRecord => ({ id, level: 'warning', text });

/** What is said about a restart. */
export const restartMessages = {
  asked: info(
    'restart-asked',
    'A restart is coming: addresses and LVS table stay as they are for the next start',
  ),
  otherFile: info(
    'restart-other-file',
    'The configuration on disk is not the one in force: it cannot be gone on with, so everything is given back',
  ),
  unlimited: (why: string): LogRecord =>
    warning(
      'restart-unlimited',
      `Addresses cannot be given a lifetime (${why}); without it nobody would take them back if no daemon came: everything is given back`,
    ),
  unnoted: (why: string): LogRecord =>
    warning(
      'restart-unnoted',
      `What the next start has to know cannot be noted (${why}): everything is given back`,
    ),
  goesOn: (masters: readonly string[]): LogRecord =>
    info(
      'restart-goes-on',
      `Going on where the daemon before stopped${masters.length > 0 ? `, as master of ${masters.join(' ')}` : ''}`,
    ),
  tooLate: (late: readonly string[]): LogRecord =>
    warning(
      'restart-too-late',
      `The restart took too long for ${late.join(' ')}: a backup may be taking over. Its addresses are removed, and it listens first`,
    ),
  otherConfiguration: info(
    'restart-other-configuration',
    'The daemon before had another configuration: what it left is removed, and nothing of it is gone on with',
  ),
  renewFailed: (why: string): LogRecord =>
    warning(
      'restart-renew-failed',
      `Addresses could not be renewed (${why}): the kernel removes them soon, and they are added anew`,
    ),
};
