/** One row says everything about one switch of the command line; the parser, `-h` and the manual are derived from it. */
export interface Switch {
  readonly short: string | undefined;
  readonly long: string;
  /** `required`: `-f FILE`, `-fFILE`, `--use-file FILE`, `--use-file=FILE`. `optional`: only attached. */
  readonly argument: 'none' | 'required' | 'optional';
  /** The argument's name in the help text. */
  readonly placeholder?: string;
  readonly help: string;
  /** False: accepted, and named once as not in effect. */
  readonly inEffect: boolean;
}

const plain = <const L extends string>(
  short: string | undefined,
  long: L,
  help: string,
  inEffect = true,
): Switch & { readonly long: L } => ({
  short,
  long,
  argument: 'none',
  help,
  inEffect,
});

const taking = <const L extends string>(
  short: string | undefined,
  long: L,
  placeholder: string,
  help: string,
  inEffect = true,
): Switch & { readonly long: L } => ({ short, long, argument: 'required', placeholder, help, inEffect });

const mayTake = <const L extends string>(
  short: string | undefined,
  long: L,
  placeholder: string,
  help: string,
  inEffect = true,
): Switch & { readonly long: L } => ({ short, long, argument: 'optional', placeholder, help, inEffect });

/** The switches of keepalived(8), and our own, which have no letter. */
export const switches = [
  taking('f', 'use-file', 'FILE', 'the configuration file (/etc/keepalived/keepalived.conf)'),
  plain('P', 'vrrp', 'leave the health checks out'),
  plain('C', 'check', 'leave VRRP out'),
  plain('B', 'no_bfd', 'leave BFD out'),
  plain(undefined, 'all', 'start every worker, even without configuration for it'),
  plain('l', 'log-console', 'log to the console (stderr) as well'),
  plain('D', 'log-detail', 'log in detail; twice: in more detail'),
  taking('S', 'log-facility', 'FACILITY', 'syslog facility: 0-7, local0-local7, user or daemon (daemon)'),
  mayTake('g', 'log-file', 'FILE', 'log to a file as well', false),
  plain(undefined, 'flush-log-file', 'flush the log file after each record', false),
  plain('G', 'no-syslog', 'do not log to syslog'),
  taking('u', 'umask', 'MASK', 'umask for the files that are made: decimal, 0octal or 0xhex (0177)'),
  plain('X', 'release-vips', 'on leaving master remove VIPs that somebody else may have set, too'),
  plain('V', 'dont-release-vrrp', 'at stop keep the VIPs and send no farewell'),
  plain('I', 'dont-release-ipvs', 'at stop keep the IPVS services'),
  plain('R', 'dont-respawn', 'end when a worker dies, instead of replacing it'),
  plain('n', 'dont-fork', 'stay in the foreground'),
  plain('d', 'dump-conf', 'log the configuration that was read'),
  taking('p', 'pid', 'FILE', 'pid file of the daemon'),
  taking('r', 'vrrp_pid', 'FILE', 'pid file of the VRRP worker'),
  taking('c', 'checkers_pid', 'FILE', 'pid file of the health check worker'),
  taking('b', 'bfd_pid', 'FILE', 'pid file of the BFD worker'),
  plain('T', 'genhash', 'print the digest of a page: the switches behind it are those of genhash'),
  plain('a', 'address-monitoring', 'log every address that comes or goes', false),
  plain('x', 'snmp', 'serve SNMP', false),
  taking('A', 'snmp-agent-socket', 'SOCKET', 'where the SNMP master agent listens', false),
  taking('s', 'namespace', 'NAME', 'run in this network namespace', false),
  plain('m', 'core-dump', 'leave a core dump after a crash', false),
  mayTake('M', 'core-dump-pattern', 'PATTERN', 'as -m, with this pattern for core files', false),
  plain('e', 'all-config', 'every include that finds nothing is an error'),
  taking('i', 'config-id', 'ID', 'the id of `@ID` lines (the host name up to its first dot)'),
  taking(
    undefined,
    'signum',
    'NAME',
    'print the number of a signal: STOP RELOAD DATA STATS STATS_CLEAR JSON RESTART',
  ),
  mayTake('t', 'config-test', 'FILE', 'only test the configuration; messages to stderr or appended to FILE'),
  plain(
    undefined,
    'start-test',
    'as -t; 0: runs without errors, 5: runs, but has errors, else: does not run',
  ),
  taking(undefined, 'config-fd', 'FD', 'write the joined configuration to this descriptor', false),
  taking(
    undefined,
    'control-socket',
    'PATH',
    'where `holdfast` speaks to the daemon, or none (/run/holdfast/control.sock; with -p beside that file)',
  ),
  plain(undefined, 'ignore-sigint', 'do not stop on SIGINT'),
  mayTake(undefined, 'perf', 'WHAT', 'record performance', false),
  mayTake(undefined, 'debug', 'LETTERS', 'debug output', false),
  plain(undefined, 'no-mem-check', 'no memory checks', false),
  plain('L', 'mem-check-log', 'log memory checks', false),
  plain(undefined, 'openssl-mem-check', 'check the memory of OpenSSL', false),
  plain('v', 'version', 'print the version'),
  plain('h', 'help', 'print this help'),
] as const satisfies readonly Switch[];

export type SwitchName = (typeof switches)[number]['long'];
