import { type ExceptionClass, says } from '../verdicts.ts';
import { instance } from './texts.ts';

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
    name: 'an interface that is there and is to be made',
    reason: 'keepalived looks at its kind while it tests',
    example: instance(' use_ipvlan eth0 10.0.0.9/24'),
    applies: (verdicts) => says(verdicts, /already exists and is not/),
  },
  {
    name: 'a mail server that no name server knows',
    reason: 'keepalived asks for its address while it tests; we ask when there is a mail',
    example: 'global_defs {\n smtp_server nosuch.invalid\n}\n',
    applies: (verdicts) => says(verdicts, /Invalid smtp server/),
  },
];
