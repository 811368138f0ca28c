import { type ExceptionClass, says } from '../verdicts.ts';

/** What depends on the machine and on how keepalived was built. */
export const machine: readonly ExceptionClass[] = [
  {
    name: 'a build without iptables',
    reason: 'the installed keepalived has only nftables, and complains of the keywords of the other',
    example: 'global_defs {\n vrrp_iptables\n}\n',
    applies: (verdicts) => says(verdicts, /iptables not supported/),
  },
  {
    name: 'a folder that is not there',
    reason: 'keepalived tries to make it while it tests',
    example: 'global_defs {\n config_save_dir /none/x/y\n}\n',
    applies: (verdicts) => says(verdicts, /Unable to create config_save_dir/),
  },
  {
    name: 'a mail server that no name server knows',
    reason: 'keepalived asks for its address while it tests; we ask when there is a mail',
    example: 'global_defs {\n smtp_server nosuch.invalid\n}\n',
    applies: (verdicts) => says(verdicts, /Invalid smtp server/),
  },
];
