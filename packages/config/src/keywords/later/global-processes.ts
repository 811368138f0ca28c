import { ipAddress } from '../../arguments/address.ts';
import { distinctNames, optionalName } from '../../arguments/names.ts';
import { wholeNumber } from '../../arguments/number.ts';
import { cpuSet, extraInterfaceGarp } from '../../arguments/process-options.ts';
import { nothing, word } from '../../arguments/simple.ts';
import { later } from '../row.ts';

/** Scheduling, LVS, firewall and packets: keywords of `global_defs` that do nothing yet. */
export const laterProcessRows = {
  max_auto_priority: later(
    wholeNumber(-1, 99, { bare: 99 }),
    'Upper limit for the automatic real-time priority increase when a process is scheduled too late.',
    { owner: 'core', default: '0 (off)' },
  ),
  min_auto_priority_delay: later(
    wholeNumber(1, 10000000, { missing: 'ignored', syntax: 'MICROSECONDS' }),
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
  vrrp_mcast_group6: later(
    ipAddress({ family: 6, multicast: true, linkLocal: true }),
    'Default multicast destination for IPv6 adverts.',
    { owner: 'core', default: 'ff02::12' },
  ),
  vrrp_garp_extra_if: later(
    extraInterfaceGarp(1),
    'Period of gratuitous ARP on extra VMAC interfaces holding VIPs (all = every extra interface).',
    { owner: 'core', default: '0 (off)' },
  ),
  vrrp_vmac_garp_intvl: later(extraInterfaceGarp(1), 'Old spelling (sets a DEPRECATED config status).', {
    owner: 'core',
    aliasOf: 'vrrp_garp_extra_if',
    deprecated: 'write vrrp_garp_extra_if',
  }),
  vrrp_iptables: later(
    distinctNames('[INCHAIN [OUTCHAIN]]', 27),
    'Implement no-accept/VMAC filtering through iptables in these chains.',
    { owner: 'core', repeat: 'first-wins', default: 'not used; INPUT and OUTPUT when bare' },
  ),
  vrrp_ipsets: later(
    distinctNames('[SET4 [SET6 [SETIF6 [IGMP [MLD [ND]]]]]]', 30),
    'Names of the sets used with iptables.',
    {
      owner: 'core',
      default:
        'on with iptables: keepalived, keepalived6, keepalived_if6, keepalived_igmp, keepalived_mld, keepalived_nd',
    },
  ),
  nftables: later(
    optionalName('TABLE', 255),
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
  vrrp_cpu_affinity: later(cpuSet, 'CPUs the VRRP process may run on.', {
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
    { owner: 'core', aliasOf: 'vrrp_rlimit_rttime', deprecated: 'write vrrp_rlimit_rttime', tolerated: true },
  ),
  checker_no_swap: later(nothing, 'Lock the checker process memory so it cannot be swapped.', {
    owner: 'core',
    default: 'false',
  }),
  checker_cpu_affinity: later(cpuSet, 'CPUs the checker process may run on.', {
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
    {
      owner: 'core',
      aliasOf: 'checker_rlimit_rttime',
      deprecated: 'write checker_rlimit_rttime',
      tolerated: true,
    },
  ),
  bfd_priority: later(
    wholeNumber(-20, 19, { missing: 'ignored', outside: 0 }),
    'Nice value of the BFD process.',
    {
      owner: 'core',
      default: '0',
    },
  ),
  bfd_no_swap: later(nothing, 'Lock the BFD process memory so it cannot be swapped.', {
    owner: 'core',
    default: 'false',
  }),
  bfd_rt_priority: later(
    wholeNumber(1, 99, { missing: 'ignored', outside: 'clamp' }),
    'SCHED_RR priority of the BFD process.',
    {
      owner: 'core',
      default: '0 (normal scheduling)',
    },
  ),
  bfd_cpu_affinity: later(cpuSet, 'CPUs the BFD process may run on.', {
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
    { owner: 'core', aliasOf: 'bfd_rlimit_rttime', deprecated: 'write bfd_rlimit_rttime', tolerated: true },
  ),
  nftables_ipvs: later(
    optionalName('TABLE', 255),
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
} as const;
