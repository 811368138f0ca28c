import { anyEntry } from '../../arguments/list-entries.ts';
import { secondsBetween } from '../../arguments/number.ts';
import { onlyLogged } from '../../arguments/reading.ts';
import { script } from '../../arguments/script.ts';
import { nothing, optionalBoolean, word } from '../../arguments/simple.ts';
import { smtpServer } from '../../arguments/smtp-server.ts';
import { entries, later } from '../row.ts';

/** Names of processes, alert mails and scripts of `global_defs` that do nothing yet. */
export const laterAlertRows = {
  bfd_process_name: later(
    word({ syntax: 'NAME', longest: 15, tooLong: 'cut' }),
    'Process (comm) name of the BFD child process.',
    { owner: 'core', default: 'inherited program name' },
  ),
  use_symlink_paths: later(
    optionalBoolean,
    'Keep symbolic links in script paths instead of resolving them to the real path.',
    { owner: 'core', default: 'false' },
  ),
  set_supplementary_groups: later(
    optionalBoolean,
    'Give scripts the supplementary groups of the user they run as.',
    { owner: 'core', default: 'false' },
  ),
  notification_email_from: later(
    word({ syntax: 'ADDRESS', missing: 'ignored' }),
    'Sender of alert mails; a display name with special characters is quoted automatically.',
    { owner: 'core', default: 'user@hostname of the running user (only set when smtp_server is set)' },
  ),
  smtp_server: later(smtpServer, 'SMTP relay for alert mails.', {
    owner: 'core',
    default: 'none (mail off); port 25',
  }),
  smtp_helo_name: later(
    onlyLogged(word({ syntax: 'NAME', missing: 'ignored' })),
    'Name sent in HELO for alert mails.',
    {
      owner: 'core',
      default: 'local host name',
    },
  ),
  smtp_connect_timeout: later(
    secondsBetween(0, 4294, { places: 0, zeroBecomes: 1 }),
    'Connect and I/O timeout of alert mail sessions.',
    { owner: 'core', default: '30' },
  ),
  notification_email: later(nothing, 'Recipients of alert mails.', {
    owner: 'core',
    repeat: 'accumulates',
    default: 'empty',
    block: entries(anyEntry('ADDRESS')),
  }),
  smtp_alert: later(
    optionalBoolean,
    'Default of smtp_alert for every vrrp instance, sync group, virtual and real server.',
    { owner: 'core' },
  ),
  smtp_alert_vrrp: later(optionalBoolean, 'Default of smtp_alert for VRRP objects.', {
    owner: 'core',
    default: 'unset (falls back to smtp_alert)',
  }),
  smtp_alert_checker: later(optionalBoolean, 'Default of smtp_alert for virtual and real servers.', {
    owner: 'core',
    default: 'unset (falls back to smtp_alert)',
  }),
  no_checker_emails: later(
    optionalBoolean,
    'Mail only when a real server changes state, not for each checker result.',
    { owner: 'core', default: 'false' },
  ),
  startup_script: later(
    script({ user: 'allowed', missing: 'ignored' }),
    'Program the parent runs once before starting the children.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  startup_script_timeout: later(
    secondsBetween(1, 1000, { places: 0, missing: 'ignored' }),
    'Time after which a startup script is abandoned.',
    { owner: 'core', default: '10 once a startup_script is set' },
  ),
  shutdown_script: later(
    script({ user: 'allowed', missing: 'ignored' }),
    'Program the parent runs after the children have stopped.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  shutdown_script_timeout: later(
    secondsBetween(1, 1000, { places: 0, missing: 'ignored' }),
    'Time after which a shutdown script is abandoned.',
    { owner: 'core', default: '10 once a shutdown_script is set' },
  ),
} as const;
