import { ipAddress } from '../../arguments/address.ts';
import { anyEntry } from '../../arguments/list-entries.ts';
import { secondsBetween, wholeNumber } from '../../arguments/number.ts';
import { script } from '../../arguments/script.ts';
import { anyWords, choice, nothing, optionalBoolean, word } from '../../arguments/simple.ts';
import { entries, later } from '../row.ts';

/** Keywords of `global_defs` that are accepted and do nothing yet. */
export const laterGlobalRows = {
  checker_process_name: later(
    word({ syntax: 'NAME', longest: 15, tooLong: 'cut' }),
    'Process (comm) name of the checker child process.',
    { owner: 'core', default: 'inherited program name' },
  ),
  bfd_process_name: later(
    word({ syntax: 'NAME', longest: 15, tooLong: 'cut' }),
    'Process (comm) name of the BFD child process.',
    { owner: 'core', default: 'inherited program name' },
  ),
  lvs_process_name: later(word({ syntax: 'NAME' }), 'Old spelling; logs a deprecation message.', {
    owner: 'core',
    aliasOf: 'checker_process_name',
    deprecated: 'write checker_process_name',
  }),
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
  smtp_server: later(anyWords('HOST|IP [PORT]'), 'SMTP relay for alert mails.', {
    owner: 'core',
    default: 'none (mail off); port 25',
  }),
  smtp_helo_name: later(word({ syntax: 'NAME', missing: 'ignored' }), 'Name sent in HELO for alert mails.', {
    owner: 'core',
    default: 'local host name',
  }),
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
  checker_log_all_failures: later(
    optionalBoolean,
    'Log every failed check, also those still being retried.',
    { owner: 'core', default: 'false' },
  ),
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
    secondsBetween(1, 1000, { places: 0 }),
    'Time after which a startup script is abandoned.',
    { owner: 'core', default: '10 once a startup_script is set' },
  ),
  shutdown_script: later(
    script({ user: 'allowed', missing: 'ignored' }),
    'Program the parent runs after the children have stopped.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  shutdown_script_timeout: later(
    secondsBetween(1, 1000, { places: 0 }),
    'Time after which a shutdown script is abandoned.',
    { owner: 'core', default: '10 once a shutdown_script is set' },
  ),
  max_auto_priority: later(
    anyWords('[INT]', 'optional'),
    'Upper limit for the automatic real-time priority increase when a process is scheduled too late.',
    { owner: 'core', default: '0 (off)' },
  ),
  min_auto_priority_delay: later(
    wholeNumber(1, 10000000, { syntax: 'MICROSECONDS' }),
    'Lateness of a timer that triggers an automatic priority increase.',
    { owner: 'core', default: '1000000' },
  ),
  no_email_faults: later(nothing, 'Do not mail when an instance enters FAULT.', {
    owner: 'core',
    default: 'false',
  }),
  default_interface: later(
    word({ syntax: 'IFNAME', missing: 'ignored' }),
    'Interface for static addresses that name none.',
    { owner: 'core', default: 'eth0' },
  ),
  disable_local_igmp: later(nothing, 'Turn off IGMP reports for link-local multicast groups.', {
    owner: 'core',
    default: 'false',
  }),
  lvs_timeouts: later(
    anyWords('[tcp SEC] [tcpfin SEC] [udp SEC]', 'optional'),
    'IPVS connection timeouts, restored when the daemon stops.',
    { owner: 'core', default: 'kernel values untouched' },
  ),
  lvs_flush: later(nothing, 'Empty the whole IPVS table at start-up.', { owner: 'core', default: 'false' }),
  lvs_flush_on_stop: later(
    anyWords('[VS]', 'optional'),
    'Remove the IPVS configuration at stop without deleting each destination first.',
    { owner: 'core' },
  ),
  lvs_flush_onstop: later(anyWords('[VS]', 'optional'), 'Old spelling.', {
    owner: 'core',
    aliasOf: 'lvs_flush_on_stop',
    deprecated: 'write lvs_flush_on_stop',
  }),
  lvs_sync_daemon: later(
    anyWords(
      'IFNAME [inst VRRP_INSTANCE] [id N] [maxlen N] [port N] [ttl N] [group ADDR] (legacy: IFNAME INSTANCE [ID])',
    ),
    'Run the IPVS connection sync daemon; with inst its master/backup role follows that instance, without it both roles run.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  vrrp_mcast_group6: later(
    ipAddress({ family: 6, multicast: true }),
    'Default multicast destination for IPv6 adverts.',
    { owner: 'core', default: 'ff02::12' },
  ),
  vrrp_garp_extra_if: later(
    anyWords('[all] SECONDS', 'optional'),
    'Period of gratuitous ARP on extra VMAC interfaces holding VIPs (all = every extra interface).',
    { owner: 'core', default: '0 (off)' },
  ),
  vrrp_vmac_garp_intvl: later(
    anyWords('[all] SECONDS', 'optional'),
    'Old spelling (sets a DEPRECATED config status).',
    { owner: 'core', aliasOf: 'vrrp_garp_extra_if', deprecated: 'write vrrp_garp_extra_if' },
  ),
  vrrp_iptables: later(
    anyWords('[INCHAIN [OUTCHAIN]]', 'optional'),
    'Implement no-accept/VMAC filtering through iptables in these chains.',
    { owner: 'core', repeat: 'first-wins', default: 'not used; INPUT and OUTPUT when bare' },
  ),
  vrrp_ipsets: later(
    anyWords('[SET4 [SET6 [SETIF6 [IGMP [MLD [ND]]]]]]', 'optional'),
    'Names of the sets used with iptables.',
    {
      owner: 'core',
      default:
        'on with iptables: keepalived, keepalived6, keepalived_if6, keepalived_igmp, keepalived_mld, keepalived_nd',
    },
  ),
  nftables: later(
    anyWords('[TABLE]', 'optional'),
    'Implement no-accept/VMAC filtering through nftables in this table.',
    {
      owner: 'core',
      repeat: 'first-wins',
      default: 'used automatically when filtering is needed; table name keepalived',
    },
  ),
  nftables_priority: later(
    wholeNumber(-2147483648, 2147483647, { strict: true }),
    'Base chain priority of the VRRP nftables table.',
    { owner: 'core', default: '-1' },
  ),
  nftables_ifindex: later(nothing, 'Match interfaces by index rather than name in nftables rules.', {
    owner: 'core',
    default: 'false',
  }),
  vrrp_no_swap: later(nothing, 'Lock the VRRP process memory so it cannot be swapped.', {
    owner: 'core',
    default: 'false',
  }),
  vrrp_cpu_affinity: later(anyWords('CPU [CPU ...]'), 'CPUs the VRRP process may run on.', {
    owner: 'core',
    default: 'all',
  }),
  vrrp_rlimit_rttime: later(
    wholeNumber(1, 4294967295, { outside: 0, syntax: 'MICROSECONDS' }),
    'RLIMIT_RTTIME of the VRRP process when it runs real-time.',
    { owner: 'core', default: '10000' },
  ),
  vrrp_rlimit_rtime: later(
    wholeNumber(0, 4294967295, { syntax: 'MICROSECONDS' }),
    'Old spelling, logs a deprecation message.',
    { owner: 'core', aliasOf: 'vrrp_rlimit_rttime', deprecated: 'write vrrp_rlimit_rttime' },
  ),
  checker_priority: later(wholeNumber(-20, 19, { outside: 0 }), 'Nice value of the checker process.', {
    owner: 'core',
    default: '0',
  }),
  checker_no_swap: later(nothing, 'Lock the checker process memory so it cannot be swapped.', {
    owner: 'core',
    default: 'false',
  }),
  checker_rt_priority: later(
    wholeNumber(1, 99, { outside: 'clamp' }),
    'SCHED_RR priority of the checker process.',
    { owner: 'core', default: '0 (normal scheduling)' },
  ),
  checker_cpu_affinity: later(anyWords('CPU [CPU ...]'), 'CPUs the checker process may run on.', {
    owner: 'core',
    default: 'all',
  }),
  checker_rlimit_rttime: later(
    wholeNumber(1, 4294967295, { outside: 0, syntax: 'MICROSECONDS' }),
    'RLIMIT_RTTIME of the checker process when it runs real-time.',
    { owner: 'core', default: '10000' },
  ),
  checker_rlimit_rtime: later(
    wholeNumber(0, 4294967295, { syntax: 'MICROSECONDS' }),
    'Old spelling, logs a deprecation message.',
    { owner: 'core', aliasOf: 'checker_rlimit_rttime', deprecated: 'write checker_rlimit_rttime' },
  ),
  bfd_priority: later(wholeNumber(-20, 19, { outside: 0 }), 'Nice value of the BFD process.', {
    owner: 'core',
    default: '0',
  }),
  bfd_no_swap: later(nothing, 'Lock the BFD process memory so it cannot be swapped.', {
    owner: 'core',
    default: 'false',
  }),
  bfd_rt_priority: later(wholeNumber(1, 99, { outside: 'clamp' }), 'SCHED_RR priority of the BFD process.', {
    owner: 'core',
    default: '0 (normal scheduling)',
  }),
  bfd_cpu_affinity: later(anyWords('CPU [CPU ...]'), 'CPUs the BFD process may run on.', {
    owner: 'core',
    default: 'all',
  }),
  bfd_rlimit_rttime: later(
    wholeNumber(1, 4294967295, { outside: 0, syntax: 'MICROSECONDS' }),
    'RLIMIT_RTTIME of the BFD process when it runs real-time.',
    { owner: 'core', default: '10000' },
  ),
  bfd_rlimit_rtime: later(
    wholeNumber(0, 4294967295, { syntax: 'MICROSECONDS' }),
    'Old spelling, logs a deprecation message.',
    { owner: 'core', aliasOf: 'bfd_rlimit_rttime', deprecated: 'write bfd_rlimit_rttime' },
  ),
  nftables_ipvs: later(
    anyWords('[TABLE]', 'optional'),
    'Use nftables to set firewall marks for virtual server groups so that one IPVS service serves the whole group.',
    { owner: 'core', repeat: 'first-wins', default: 'off; table name keepalived_ipvs' },
  ),
  nftables_ipvs_priority: later(
    wholeNumber(-2147483648, 2147483647, { strict: true }),
    'Base chain priority of that table.',
    { owner: 'core', default: '-1' },
  ),
  nftables_ipvs_start_fwmark: later(
    wholeNumber(1, 4294967295, { strict: true }),
    'First firewall mark to allocate.',
    { owner: 'core', default: '1000' },
  ),
  nftables_counters: later(nothing, 'Add packet counters to generated nftables rules.', {
    owner: 'core',
    default: 'false',
  }),
  notify_fifo: later(
    anyWords('PATH [USER [GROUP]]'),
    'FIFO that receives one line per state change (all events); owned by the given or default script user.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  notify_fifo_script: later(
    script({ user: 'allowed' }),
    'Program started to read that FIFO; the FIFO path is appended as last argument.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  vrrp_notify_fifo: later(
    anyWords('PATH [USER [GROUP]]'),
    'FIFO that receives one line per state change (VRRP events); owned by the given or default script user.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  vrrp_notify_fifo_script: later(
    script({ user: 'allowed' }),
    'Program started to read that FIFO; the FIFO path is appended as last argument.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  lvs_notify_fifo: later(
    anyWords('PATH [USER [GROUP]]'),
    'FIFO that receives one line per state change (IPVS events); owned by the given or default script user.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  lvs_notify_fifo_script: later(
    script({ user: 'allowed' }),
    'Program started to read that FIFO; the FIFO path is appended as last argument.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  fifo_write_vrrp_states_on_reload: later(
    nothing,
    'Write the state of groups and instances to the FIFOs after a reload even if unchanged (not for instances that stay MASTER).',
    { owner: 'core', default: 'false' },
  ),
  snmp_socket: later(word({ syntax: 'STRING' }), 'AgentX address of the SNMP master agent.', {
    owner: 'core',
    repeat: 'first-wins',
    default: 'unix:/var/agentx/master (net-snmp default)',
  }),
  enable_traps: later(nothing, 'Send SNMP notifications.', { owner: 'core', default: 'false' }),
  enable_snmp_vrrp: later(nothing, 'Serve the VRRP part of KEEPALIVED-MIB.', {
    owner: 'core',
    default: 'false',
  }),
  enable_snmp_keepalived: later(nothing, 'Old spelling.', {
    owner: 'core',
    aliasOf: 'enable_snmp_vrrp',
    deprecated: 'write enable_snmp_vrrp',
  }),
  enable_snmp_rfc: later(nothing, 'Serve both RFC VRRP MIBs.', { owner: 'core', default: 'false' }),
  enable_snmp_rfcv2: later(nothing, 'Serve VRRP-MIB (RFC 2787).', { owner: 'core', default: 'false' }),
  enable_snmp_rfcv3: later(nothing, 'Serve VRRPV3-MIB (RFC 6527).', { owner: 'core', default: 'false' }),
  enable_snmp_checker: later(nothing, 'Serve the IPVS part of KEEPALIVED-MIB.', {
    owner: 'core',
    default: 'false',
  }),
  snmp_vs_stats_update_interval: later(
    secondsBetween(0.001, 30),
    'Minimum age before virtual server statistics are re-read for SNMP.',
    { owner: 'core', default: '5' },
  ),
  snmp_rs_stats_update_interval: later(
    secondsBetween(0.001, 30),
    'Minimum age before real server statistics are re-read for SNMP.',
    { owner: 'core', default: 'same as VS interval (0 = together)' },
  ),
  enable_dbus: later(nothing, 'Start the D-Bus service in the VRRP process.', {
    owner: 'core',
    default: 'false',
  }),
  dbus_service_name: later(word({ syntax: 'NAME', missing: 'ignored' }), 'D-Bus well-known name.', {
    owner: 'core',
    default: 'org.keepalived.Vrrp1',
  }),
  dbus_no_interface_name: later(
    word({ syntax: 'NAME', missing: 'ignored' }),
    'Path element used on D-Bus for instances without an interface.',
    { owner: 'core' },
  ),
  vrrp_netlink_cmd_rcv_bufs: later(
    wholeNumber(0, 4294967295, { strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the vrrp netlink cmd socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  vrrp_netlink_cmd_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  vrrp_netlink_monitor_rcv_bufs: later(
    wholeNumber(0, 4294967295, { strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the vrrp netlink monitor socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  vrrp_netlink_monitor_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  lvs_netlink_cmd_rcv_bufs: later(
    wholeNumber(0, 4294967295, { strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the lvs netlink cmd socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  lvs_netlink_cmd_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  lvs_netlink_monitor_rcv_bufs: later(
    wholeNumber(0, 4294967295, { strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the lvs netlink monitor socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  lvs_netlink_monitor_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  process_monitor_rcv_bufs: later(
    wholeNumber(0, 4294967295, { strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the process monitor socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  process_monitor_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  rs_init_notifies: later(optionalBoolean, 'Also run notify_up for real servers brought up at start-up.', {
    owner: 'core',
    default: 'false',
  }),
  vrrp_rx_bufs_policy: later(
    anyWords('MTU | ADVERT | BYTES (words case-insensitive)'),
    'How the receive buffer of VRRP sockets is sized.',
    { owner: 'core', default: 'unset (kernel default)' },
  ),
  vrrp_rx_bufs_multiplier: later(
    wholeNumber(1, 4294967295, { strict: true }),
    'Factor applied to the MTU or ADVERT policy.',
    { owner: 'core', default: '3' },
  ),
  vrrp_delay_after_boot: later(
    secondsBetween(0.001, 4294.967295),
    'Like vrrp_startup_delay but measured from system boot.',
    { owner: 'core', default: '0' },
  ),
  vmac_prefix: later(word({ syntax: 'STRING' }), 'Name prefix of created VMAC/ipvlan interfaces.', {
    owner: 'core',
    repeat: 'first-wins',
    default: 'vrrp',
  }),
  vmac_addr_prefix: later(word({ syntax: 'STRING' }), 'Name prefix of VMACs created for single addresses.', {
    owner: 'core',
    repeat: 'first-wins',
    default: 'vmac_prefix, else vrrp',
  }),
  umask: later(
    anyWords(
      'NUMBER | BIT[|BIT...] with BIT in IRUSR IWUSR IXUSR IRWXU IRGRP IWGRP IXGRP IRWXG IROTH IWOTH IXOTH IRWXO',
    ),
    'File creation mask of all processes.',
    { owner: 'core', default: 'inherited; command line wins' },
  ),
  random_seed: later(
    wholeNumber(0, 4294967295, { strict: true }),
    'Seed for the pseudo random numbers used for checker warm-up and the _RANDOM parameter.',
    { owner: 'core', default: 'current time' },
  ),
  reload_time_file: later(
    word({ syntax: 'PATH' }),
    'File holding a time at which an automatic reload happens.',
    { owner: 'core' },
  ),
  reload_repeat: later(nothing, 'Keep repeating the reload at the time given in reload_time_file.', {
    owner: 'core',
    default: 'false',
  }),
  reload_file: later(
    anyWords('[PATH]', 'optional'),
    'File created while a reload is running and removed when it has finished.',
    { owner: 'core', default: 'off; bare = pid file path with extension .reload' },
  ),
  include_check: later(
    anyWords('[+|-](read|match|wildcard_match|brace_match) ...', 'optional'),
    'Which problems of include statements count as configuration errors from here on.',
    { owner: 'core' },
  ),
  config_save_dir: later(
    word({ syntax: 'DIR' }),
    'Keep a copy of every configuration read in this directory (debug aid).',
    { owner: 'core' },
  ),
  tmp_config_directory: later(
    word({ syntax: 'DIR', missing: 'ignored' }),
    'Keep the private copy of the configuration in this directory instead of memory.',
    { owner: 'core', repeat: 'first-wins', default: 'memory file (memfd)' },
  ),
  data_use_instance: later(optionalBoolean, 'Put instance and namespace names into dump file names.', {
    owner: 'core',
    default: 'false',
  }),
  json_version: later(choice(['1', '2']), 'Layout of the JSON dump.', { owner: 'core', default: '1' }),
  iproute_usr_dir: later(word({ syntax: 'DIR' }), 'Vendor directory of the iproute2 name tables.', {
    owner: 'core',
    default: 'build default (usually /usr/share/iproute2)',
  }),
  iproute_etc_dir: later(word({ syntax: 'DIR' }), 'Local directory of the iproute2 name tables.', {
    owner: 'core',
    default: 'build default (usually /etc/iproute2)',
  }),
  state_dump_file: later(
    word({ syntax: 'PATH' }),
    'Directory and/or name of the state dumps written on SIGUSR1 (process suffix goes before the extension).',
    { owner: 'core', default: 'TMPDIR/keepalived*.data' },
  ),
  stats_dump_file: later(
    word({ syntax: 'PATH' }),
    'Meant as file of the statistics dump written on SIGUSR2.',
    { owner: 'core', default: 'TMPDIR/keepalived.stats' },
  ),
  json_dump_file: later(word({ syntax: 'PATH' }), 'Meant as file of the JSON dump.', {
    owner: 'core',
    default: 'TMPDIR/keepalived.json',
  }),
} as const;
