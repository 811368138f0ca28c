import { type DocumentedLint, exampleInstance, exampleScript } from './documented.ts';

const script = '/etc/keepalived/chk.sh';
const tracked = exampleScript(`  script "${script}"\n  fall 2\n`);

/** Lints about scripts and what they contain, and about what stands in global_defs. */
export const scriptLints: readonly DocumentedLint[] = [
  {
    code: 'program-cannot-run',
    severity: 'error',
    title: 'A program is not there, or not executable.',
    why: 'The daemon leaves such a script out and says so at its start only: what it was to watch is not watched, and a real server that it was to check counts as healthy.',
    remedy:
      'Correct the path, or run chmod +x. For a file that is meant for another machine use --no-interfaces.',
    example: exampleScript('  script "/etc/keepalived/chek.sh"\n  fall 2\n'),
    isAboutMachine: true,
  },
  {
    code: 'account-missing',
    severity: 'error',
    title: 'Nobody is there to run a program: its user or group is missing.',
    why: 'The daemon leaves such a program out and says so at its start only. Often it is an argument that is taken for a user, as the command stands there without quotes.',
    remedy:
      'Make the account, or put the program and its arguments in quotes. For a file that is meant for another machine use --no-interfaces.',
    example: exampleInstance('  notify_master /bin/true MASTER\n'),
    isAboutMachine: true,
  },
  {
    code: 'script-syntax',
    severity: 'error',
    title: 'The shell cannot read the script.',
    why: 'It ends with a failure at every run: FAULT, or a lower priority, for ever. The interpreter that the script names is asked (-n), nothing is run.',
    remedy: 'Correct the line until SHELL -n SCRIPT is silent.',
    example: tracked,
    files: { [script]: '#!/bin/sh\nif true\nfi\n' },
  },
  {
    code: 'redirection-in-test',
    severity: 'warning',
    title: '> inside [ ] redirects into a file.',
    why: 'The test is true whatever the number is, and a file of that name appears: a failure is never seen.',
    remedy: 'Compare numbers with -gt, -lt and their like.',
    example: tracked,
    files: { [script]: '#!/bin/sh\n[ $(pidof nginx | wc -w) > 0 ]\n' },
  },
  {
    code: 'script-stops-daemon',
    severity: 'note',
    title: 'The script stops the daemon.',
    why: 'The address moves, but when the fault is gone nothing starts the daemon again, and the next fault finds no backup.',
    remedy: 'End the script with status 1, and let its weight or FAULT do the rest.',
    example: tracked,
    files: { [script]: '#!/bin/sh\npidof nginx || killall keepalived\n' },
  },
  {
    code: 'script-writable-by-others',
    severity: 'warning',
    title: 'Others than root may write to a program that the daemon runs, or to a folder on the way to it.',
    why: 'Who may change the program has the rights of the user that runs it, which is root where no script_user is named.',
    remedy: 'chmod go-w the file and the folders above it.',
    example: tracked,
    files: { [script]: { content: '#!/bin/sh\nexit 0\n', mode: 0o777 } },
  },
  {
    code: 'mail-without-server',
    severity: 'warning',
    title: 'There are recipients for alert mails, but no smtp_server.',
    why: 'No mail is ever sent, and nobody is told.',
    remedy: 'Add smtp_server, or remove notification_email.',
    example: 'global_defs {\n  notification_email {\n    admin@site.example\n  }\n}\n',
  },
  {
    code: 'extension-without-mark',
    severity: 'warning',
    title: 'A keyword that keepalived does not have stands there plainly.',
    why: 'keepalived reports it as unknown, so the file no longer serves both daemons of a mixed pair.',
    remedy: 'Write @holdfast in front of it: keepalived skips the line, Holdfast honours it.',
    example: 'global_defs {\n  vrrp_socket native\n}\n',
  },
];
