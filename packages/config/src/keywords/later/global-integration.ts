import { onlyNumber, secondsBetween, wholeNumber } from '../../arguments/number.ts';
import { fifo, receiveBuffers, umask } from '../../arguments/process-options.ts';
import { script } from '../../arguments/script.ts';
import { choice, nothing, optionalBoolean, optionalWord, word } from '../../arguments/simple.ts';
import { later } from '../row.ts';

/** FIFOs, SNMP, DBus, socket buffers and files: keywords of `global_defs` that do nothing yet. */
export const laterIntegrationRows = {
  notify_fifo: later(
    fifo,
    'FIFO that receives one line per state change (all events); owned by the given or default script user.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  notify_fifo_script: later(
    script({ user: 'allowed', missing: 'ignored' }),
    'Program started to read that FIFO; the FIFO path is appended as last argument.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  vrrp_notify_fifo: later(
    fifo,
    'FIFO that receives one line per state change (VRRP events); owned by the given or default script user.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  vrrp_notify_fifo_script: later(
    script({ user: 'allowed', missing: 'ignored' }),
    'Program started to read that FIFO; the FIFO path is appended as last argument.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  lvs_notify_fifo: later(
    fifo,
    'FIFO that receives one line per state change (IPVS events); owned by the given or default script user.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  lvs_notify_fifo_script: later(
    script({ user: 'allowed', missing: 'ignored' }),
    'Program started to read that FIFO; the FIFO path is appended as last argument.',
    { owner: 'core', repeat: 'first-wins' },
  ),
  fifo_write_vrrp_states_on_reload: later(
    nothing,
    'Write the state of groups and instances to the FIFOs after a reload even if unchanged (not for instances that stay MASTER).',
    { owner: 'core', default: 'false' },
  ),
  snmp_socket: later(
    word({ syntax: 'STRING', missing: 'ignored', alone: true }),
    'AgentX address of the SNMP master agent.',
    {
      owner: 'core',
      repeat: 'first-wins',
      default: 'unix:/var/agentx/master (net-snmp default)',
    },
  ),
  enable_traps: later(nothing, 'Send SNMP notifications.', { owner: 'core', default: 'false' }),
  enable_snmp_vrrp: later(nothing, 'Serve the VRRP part of KEEPALIVED-MIB.', {
    owner: 'core',
    default: 'false',
  }),
  enable_snmp_keepalived: later(nothing, 'Old spelling.', {
    owner: 'core',
    aliasOf: 'enable_snmp_vrrp',
    deprecated: 'write enable_snmp_vrrp',
    tolerated: true,
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
    wholeNumber(0, 4294967295, { missing: 'ignored', strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the vrrp netlink cmd socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  vrrp_netlink_cmd_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  vrrp_netlink_monitor_rcv_bufs: later(
    wholeNumber(0, 4294967295, { missing: 'ignored', strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the vrrp netlink monitor socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  vrrp_netlink_monitor_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  lvs_netlink_cmd_rcv_bufs: later(
    wholeNumber(0, 4294967295, { missing: 'ignored', strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the lvs netlink cmd socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  lvs_netlink_cmd_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  lvs_netlink_monitor_rcv_bufs: later(
    wholeNumber(0, 4294967295, { missing: 'ignored', strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the lvs netlink monitor socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  lvs_netlink_monitor_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  process_monitor_rcv_bufs: later(
    wholeNumber(0, 4294967295, { missing: 'ignored', strict: true, syntax: 'BYTES' }),
    'Receive buffer size of the process monitor socket.',
    { owner: 'core', default: 'kernel default' },
  ),
  process_monitor_rcv_bufs_force: later(optionalBoolean, 'Set that buffer with SO_RCVBUFFORCE.', {
    owner: 'core',
    default: 'false',
  }),
  vrrp_rx_bufs_policy: later(receiveBuffers, 'How the receive buffer of VRRP sockets is sized.', {
    owner: 'core',
    default: 'unset (kernel default)',
  }),
  vrrp_rx_bufs_multiplier: later(onlyNumber(1, 4294967295), 'Factor applied to the MTU or ADVERT policy.', {
    owner: 'core',
    default: '3',
  }),
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
  umask: later(umask, 'File creation mask of all processes.', {
    owner: 'core',
    default: 'inherited; command line wins',
  }),
  random_seed: later(
    wholeNumber(0, 4294967295, { strict: true }),
    'Seed for the pseudo random numbers used for checker warm-up and the _RANDOM parameter.',
    { owner: 'core', default: 'current time' },
  ),
  reload_time_file: later(
    word({ syntax: 'PATH', missing: 'ignored', alone: true }),
    'File holding a time at which an automatic reload happens.',
    { owner: 'core' },
  ),
  reload_repeat: later(nothing, 'Keep repeating the reload at the time given in reload_time_file.', {
    owner: 'core',
    default: 'false',
  }),
  reload_file: later(
    optionalWord('PATH'),
    'File created while a reload is running and removed when it has finished.',
    { owner: 'core', default: 'off; bare = pid file path with extension .reload' },
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
  iproute_usr_dir: later(
    word({ syntax: 'DIR', missing: 'ignored', alone: true }),
    'Vendor directory of the iproute2 name tables.',
    {
      owner: 'core',
      default: 'build default (usually /usr/share/iproute2)',
    },
  ),
  iproute_etc_dir: later(
    word({ syntax: 'DIR', missing: 'ignored', alone: true }),
    'Local directory of the iproute2 name tables.',
    {
      owner: 'core',
      default: 'build default (usually /etc/iproute2)',
    },
  ),
  state_dump_file: later(
    word({ syntax: 'PATH', missing: 'ignored', alone: true }),
    'Directory and/or name of the state dumps written on SIGUSR1 (process suffix goes before the extension).',
    { owner: 'core', default: 'TMPDIR/keepalived*.data' },
  ),
  stats_dump_file: later(
    word({ syntax: 'PATH', missing: 'ignored', alone: true }),
    'Meant as file of the statistics dump written on SIGUSR2.',
    { owner: 'core', default: 'TMPDIR/keepalived.stats' },
  ),
  json_dump_file: later(
    word({ syntax: 'PATH', missing: 'ignored', alone: true }),
    'Meant as file of the JSON dump.',
    {
      owner: 'core',
      default: 'TMPDIR/keepalived.json',
    },
  ),
} as const;
