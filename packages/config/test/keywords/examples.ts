import { checkerExamples } from './checker-examples.ts';
import {
  global,
  inBlock,
  instance,
  realServer,
  scriptBlock,
  server,
  service,
  url,
  type WiredExample,
} from './example-blocks.ts';

const roots: readonly WiredExample[] = [
  ...inBlock('', (lines) => lines, {
    global_defs: 'global_defs {\nrouter_id r\n}',
    vrrp_instance: instance(''),
    vrrp_script: [instance('track_script {\na\n}'), scriptBlock('')],
    virtual_server: service(''),
    virtual_server_group: [
      service('', undefined, 'group G'),
      `virtual_server_group G {\n10.0.1.1 80\n}\n${service('', undefined, 'group G')}`,
    ],
    child_wait_time: 'child_wait_time 9',
  }),
  ...inBlock(
    'virtual_server_group.',
    (lines) => `virtual_server_group G {\n10.0.1.1 80\n${lines}\n}\n${service('', undefined, 'group G')}`,
    {
      '<address>': '10.0.1.2-5 80',
      fwmark: 'fwmark 5',
    },
  ),
  ...inBlock(
    'virtual_server_group.fwmark.',
    (lines) => `virtual_server_group G {\n${lines}\n}\n${service('', undefined, 'group G')}`,
    {
      inet: ['fwmark 5 inet6', 'fwmark 5 inet'],
      inet6: ['fwmark 5', 'fwmark 5 inet6'],
    },
  ),
];

const globals: readonly WiredExample[] = inBlock('global_defs.', global, {
  vrrp_garp_master_delay: 'vrrp_garp_master_delay 9',
  vrrp_garp_master_repeat: 'vrrp_garp_master_repeat 9',
  vrrp_garp_master_refresh: 'vrrp_garp_master_refresh 9',
  vrrp_garp_master_refresh_repeat: 'vrrp_garp_master_refresh_repeat 9',
  vrrp_garp_lower_prio_delay: 'vrrp_garp_lower_prio_delay 9',
  vrrp_garp_lower_prio_repeat: 'vrrp_garp_lower_prio_repeat 9',
  vrrp_min_garp: 'vrrp_min_garp',
  vrrp_down_timer_adverts: 'vrrp_down_timer_adverts 9',
  vrrp_lower_prio_no_advert: 'vrrp_lower_prio_no_advert',
  vrrp_higher_prio_send_advert: 'vrrp_higher_prio_send_advert',
  vrrp_version: 'vrrp_version 3',
  vrrp_strict: 'vrrp_strict',
  vrrp_check_unicast_src: 'vrrp_check_unicast_src',
  vrrp_skip_check_adv_addr: 'vrrp_skip_check_adv_addr',
  vrrp_notify_priority_changes: 'vrrp_notify_priority_changes',
  v3_checksum_as_v2: 'v3_checksum_as_v2',
  vrrp_mcast_group4: 'vrrp_mcast_group4 224.0.0.19',
  router_id: 'router_id r',
  process_names: 'process_names',
  process_name: 'process_name p',
  vrrp_process_name: 'vrrp_process_name p',
  enable_script_security: 'enable_script_security',
  script_user: 'script_user root',
  dynamic_interfaces: 'dynamic_interfaces',
  vrrp_startup_delay: 'vrrp_startup_delay 9',
  vrrp_priority: 'vrrp_priority -9',
  vrrp_rt_priority: 'vrrp_rt_priority 9',
  vrrp_garp_interval: 'vrrp_garp_interval 0.5',
  log_unknown_vrids: 'log_unknown_vrids',
  reload_check_config: 'reload_check_config',
  vrrp_socket: '@holdfast vrrp_socket raw-socket',
});

const includes: readonly WiredExample[] = [
  ...inBlock('global_defs.', (lines) => `global_defs {\n${lines}\n}\ninclude none.conf\n`, {
    include_check: 'include_check',
    'include_check.match': 'include_check +match',
  }),
  ...inBlock('global_defs.include_check.', (lines) => `global_defs {\n${lines}\n}\ninclude none*.conf\n`, {
    wildcard_match: 'include_check +wildcard_match',
  }),
  ...inBlock('global_defs.include_check.', (lines) => `global_defs {\n${lines}\n}\ninclude /etc\n`, {
    read: 'include_check +read',
  }),
  ...inBlock(
    'global_defs.include_check.',
    (lines) => `global_defs {\n${lines}\n}\ninclude {other,none}.conf\n`,
    {
      brace_match: 'include_check +brace_match',
    },
  ),
];

const owner = (line: string): readonly [string, string] => ['priority 255', `priority 255\n${line}`];

const instances: readonly WiredExample[] = [
  ...inBlock('vrrp_instance.', (lines) => `vrrp_instance VI_1 {\n${lines}\n}\n`, {
    interface: [
      'virtual_router_id 51\nvirtual_ipaddress {\n10.0.0.9\n}',
      'interface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n10.0.0.9\n}',
    ],
    virtual_router_id: [
      'interface eth0\nvirtual_ipaddress {\n10.0.0.9\n}',
      'virtual_router_id 51\ninterface eth0\nvirtual_ipaddress {\n10.0.0.9\n}',
    ],
    virtual_ipaddress: [
      'interface eth0\nvirtual_router_id 51',
      'interface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n10.0.0.9\n}',
    ],
    no_virtual_ipaddress: [
      'interface eth0\nvirtual_router_id 51',
      'interface eth0\nvirtual_router_id 51\nno_virtual_ipaddress',
    ],
  }),
  ...inBlock('vrrp_instance.', instance, {
    state: 'state MASTER',
    version: 'version 3',
    priority: 'priority 120',
    advert_int: 'advert_int 3',
    preempt: ['nopreempt', 'nopreempt\npreempt'],
    nopreempt: 'nopreempt',
    preempt_delay: 'preempt_delay 9',
    down_timer_adverts: 'down_timer_adverts 9',
    strict_mode: 'strict_mode',
    lower_prio_no_advert: 'lower_prio_no_advert',
    higher_prio_send_advert: 'higher_prio_send_advert',
    owner_ignore_adverts: owner('owner_ignore_adverts'),
    unicast_peer: 'unicast_peer {\n10.0.0.3\n}',
    unicast_src_ip: ['unicast_peer {\n10.0.0.3\n}', 'unicast_peer {\n10.0.0.3\n}\nunicast_src_ip 10.0.0.2'],
    mcast_src_ip: 'mcast_src_ip 10.0.0.2',
    mcast_dst_ip: 'mcast_dst_ip 224.0.0.19',
    unicast_ttl: ['unicast_peer {\n10.0.0.3\n}', 'unicast_peer {\n10.0.0.3\n}\nunicast_ttl 9'],
    check_unicast_src: ['unicast_peer {\n10.0.0.3\n}', 'unicast_peer {\n10.0.0.3\n}\ncheck_unicast_src'],
    skip_check_adv_addr: 'skip_check_adv_addr',
    v3_checksum_as_v2: 'v3_checksum_as_v2',
    authentication: 'authentication {\nauth_type PASS\nauth_pass x\n}',
    virtual_ipaddress_excluded: 'virtual_ipaddress_excluded {\n10.0.1.1\n}',
    promote_secondaries: 'promote_secondaries',
    track_interface: 'track_interface {\neth1\n}',
    dont_track_primary: 'dont_track_primary',
    accept: ['strict_mode', 'strict_mode\naccept'],
    garp_master_delay: 'garp_master_delay 9',
    garp_master_repeat: 'garp_master_repeat 9',
    garp_master_refresh: 'garp_master_refresh 9',
    garp_master_refresh_repeat: 'garp_master_refresh_repeat 9',
    garp_lower_prio_delay: 'garp_lower_prio_delay 9',
    garp_lower_prio_repeat: 'garp_lower_prio_repeat 9',
    notify_master: 'notify_master /bin/true',
    notify_backup: 'notify_backup /bin/true',
    notify_fault: 'notify_fault /bin/true',
    notify_stop: 'notify_stop /bin/true',
    notify_deleted: 'notify_deleted',
    notify: 'notify /bin/true',
    notify_master_rx_lower_pri: 'notify_master_rx_lower_pri /bin/true',
    notify_priority_changes: 'notify_priority_changes',
  }),
  ...inBlock(
    'vrrp_instance.unicast_peer.<peer>.',
    (words) => instance(`unicast_peer {\n10.0.0.3 ${words}\n}`),
    {
      min_ttl: 'min_ttl 9',
      max_ttl: 'max_ttl 9',
    },
  ),
  ...inBlock('vrrp_instance.authentication.', (lines) => instance(`authentication {\n${lines}\n}`), {
    auth_type: ['auth_pass x', 'auth_pass x\nauth_type PASS'],
    auth_pass: ['auth_type PASS', 'auth_type PASS\nauth_pass x'],
  }),
  ...(['virtual_ipaddress', 'virtual_ipaddress_excluded'] as const).flatMap((list) =>
    inBlock(`vrrp_instance.${list}.<address>.`, (words) => instance(`${list} {\n10.0.0.7/24 ${words}\n}`), {
      dev: 'dev eth1',
      scope: 'scope link',
      broadcast: 'broadcast 10.0.0.255',
      brd: 'brd +',
      label: 'label eth0:7',
      peer: 'peer 10.0.0.8',
      noprefixroute: 'noprefixroute',
      no_track: 'no_track',
    }),
  ),
  ...inBlock(
    'vrrp_instance.track_interface.<entry>.',
    (words) => instance(`track_interface {\neth1 ${words}\n}`),
    {
      weight: 'weight 5',
      reverse: ['weight 5', 'weight 5 reverse'],
    },
  ),
  ...inBlock(
    'vrrp_instance.track_script.<entry>.',
    (words) =>
      `vrrp_script a {\nscript /bin/true\nweight 3 reverse\n}\n${instance(`track_script {\na ${words}\n}`)}`,
    {
      weight: 'weight 5',
      reverse: ['weight 5 noreverse', 'weight 5 reverse'],
      noreverse: ['weight 5', 'weight 5 noreverse'],
    },
  ),
  ...inBlock('vrrp_script.', (lines) => `vrrp_script a {\n${lines}\n}\n${instance('track_script {\na\n}')}`, {
    script: 'script /bin/true',
  }),
  ...inBlock('vrrp_instance.', (lines) => `vrrp_script a {\nscript /bin/true\n}\n${instance(lines)}`, {
    track_script: 'track_script {\na\n}',
  }),
  ...inBlock('vrrp_script.', scriptBlock, {
    interval: 'interval 9',
    timeout: 'timeout 9',
    weight: 'weight 9',
    rise: 'rise 9',
    fall: 'fall 9',
    user: 'user root',
    init_fail: 'init_fail',
  }),
];

const withScheduler = (scheduler: string, flag: string): readonly [string, string] => [
  `lb_algo ${scheduler}`,
  `lb_algo ${scheduler}\n${flag}`,
];
const bare = (lines: string): string =>
  `virtual_server 10.0.0.9 80 {\n${server('TCP_CHECK {\n}')}\n${lines}\n}\n`;

const marked = (lines: string): string =>
  `virtual_server fwmark 5 {\nlb_algo rr\nlb_kind TUN\n${lines}\nreal_server 2001:db8::3 80 {\n}\n}\n`;

const services: readonly WiredExample[] = [
  ...inBlock('virtual_server.', marked, { ip_family: ['ip_family inet', 'ip_family inet6'] }),
  ...inBlock('virtual_server.', bare, {
    lb_algo: 'lb_algo sed',
    lvs_sched: 'lvs_sched sed',
    lb_kind: 'lb_kind DR',
    lvs_method: 'lvs_method DR',
    protocol: 'protocol SCTP',
  }),
  ...inBlock('virtual_server.', (lines) => service(lines), {
    retry: 'retry 9',
    delay_before_retry: 'delay_before_retry 9',
    warmup: 'warmup 9',
    connect_timeout: 'connect_timeout 9',
    delay_loop: 'delay_loop 9',
    inhibit_on_failure: 'inhibit_on_failure',
    'flag-1': withScheduler('mh', 'flag-1'),
    'flag-2': withScheduler('mh', 'flag-2'),
    'flag-3': withScheduler('mh', 'flag-3'),
    'sh-port': withScheduler('sh', 'sh-port'),
    'sh-fallback': withScheduler('sh', 'sh-fallback'),
    'mh-port': withScheduler('mh', 'mh-port'),
    'mh-fallback': withScheduler('mh', 'mh-fallback'),
    ops: ['protocol UDP', 'protocol UDP\nops'],
    persistence_engine: 'persistence_engine sip',
    persistence_timeout: 'persistence_timeout 9',
    persistence_granularity: 'persistence_granularity 255.255.0.0',
    ha_suspend: 'ha_suspend',
    alpha: 'alpha',
    omega: 'omega',
    quorum_up: 'quorum_up /bin/true',
    quorum_down: 'quorum_down /bin/true',
    quorum: ['weight 9', 'weight 9\nquorum 5'],
    hysteresis: ['weight 9\nquorum 5', 'weight 9\nquorum 5\nhysteresis 3'],
    weight: 'weight 9',
    sorry_server: 'sorry_server 10.0.0.7',
    sorry_server_inhibit: ['sorry_server 10.0.0.7', 'sorry_server 10.0.0.7\nsorry_server_inhibit'],
    sorry_server_lvs_method: ['sorry_server 10.0.0.7', 'sorry_server 10.0.0.7\nsorry_server_lvs_method DR'],
    real_server: server('TCP_CHECK {\n}').replace('10.0.0.3', '10.0.0.4'),
  }),
  ...inBlock('virtual_server.', (lines) => service(lines, server(`HTTP_GET {\n${url}\n}`)), {
    virtualhost: 'virtualhost example.org',
  }),
  ...inBlock('virtual_server.', (header) => service('', undefined, header).replace('protocol TCP\n', ''), {
    fwmark: ['10.0.0.9 80', 'fwmark 5'],
  }),
  ...inBlock(
    'virtual_server.',
    (header) => `virtual_server_group G {\n10.0.1.1 80\n}\n${service('', undefined, header)}`,
    {
      group: ['10.0.0.9 80', 'group G'],
    },
  ),
  ...inBlock('virtual_server.lvs_method.', (words) => bare(`lvs_method TUN ${words}`), {
    type: 'type gre',
    port: ['type gue', 'type gue port 6080'],
    nocsum: ['type gre csum', 'type gre nocsum'],
    csum: ['type gre', 'type gre csum'],
    remcsum: ['type gue port 6080', 'type gue port 6080 remcsum'],
  }),
  ...inBlock('virtual_server.real_server.', realServer, {
    weight: 'weight 9',
    lvs_method: 'lvs_method DR',
    uthreshold: 'uthreshold 9',
    lthreshold: ['uthreshold 9', 'uthreshold 9\nlthreshold 5'],
    inhibit_on_failure: 'inhibit_on_failure',
    notify_up: 'notify_up /bin/true',
    notify_down: 'notify_down /bin/true',
    MISC_CHECK: 'MISC_CHECK {\nmisc_path /bin/true\n}',
    TCP_CHECK: 'TCP_CHECK {\n}',
    HTTP_GET: `HTTP_GET {\n${url}\n}`,
    SSL_GET: `SSL_GET {\n${url}\n}`,
  }),
  ...inBlock('virtual_server.real_server.', (lines) => realServer(`HTTP_GET {\n${url}\n}\n${lines}`), {
    alpha: 'alpha',
    retry: 'retry 9',
    delay_before_retry: 'delay_before_retry 9',
    warmup: 'warmup 9',
    connect_timeout: 'connect_timeout 9',
    delay_loop: 'delay_loop 9',
    virtualhost: 'virtualhost example.org',
  }),
];

const language: readonly WiredExample[] = inBlock('(lexical).', (lines) => `${lines}\n${instance('')}`, {
  include: 'include other.conf',
  includer: ['include /etc', 'includer /etc'],
  includem: ['include none.conf', 'includem none.conf'],
  includew: ['include none*.conf', 'includew none*.conf'],
  includeb: ['include {other,none}.conf', 'includeb {other,none}.conf'],
  includea: ['include none*.conf', 'includea none*.conf'],
  '@': ['child_wait_time 9', '@another child_wait_time 9'],
  '@^': ['child_wait_time 9', '@^router1 child_wait_time 9'],
  '$NAME=': ['child_wait_time $W', '$W=9\nchild_wait_time $W'],
  $NAME: ['$W=9\nchild_wait_time 8', '$W=9\nchild_wait_time $W'],
  '~SEQ': ['child_wait_time 1', '~SEQ(w, 7, 9) child_wait_time $w'],
  '~SEQx': ['~SEQ(w, 10, 12) global_defs { router_id $w }', '~SEQx(w, 10, 12) global_defs { router_id $w }'],
  '~LST': ['child_wait_time 7', '~LST(w, 7, 9) child_wait_time $w'],
  _PWD: ['global_defs {\nrouter_id x\n}', `global_defs {\nrouter_id \${_PWD}\n}`],
  _INSTANCE: ['global_defs {\nrouter_id x\n}', `global_defs {\nrouter_id \${_INSTANCE}\n}`],
  _RANDOM: ['child_wait_time 1', `child_wait_time \${_RANDOM 5 9}`],
  _ENV: ['global_defs {\nrouter_id x\n}', `global_defs {\nrouter_id \${_ENV NAME}\n}`],
  _HASH: ['global_defs {\nrouter_id x\n}', `global_defs {\nrouter_id "\${_HASH}"\n}`],
  _BANG: ['global_defs {\nrouter_id x\n}', `global_defs {\nrouter_id "\${_BANG}"\n}`],
});

/** One example for every keyword that is in effect. */
export const wiredExamples: readonly WiredExample[] = [
  ...roots,
  ...globals,
  ...includes,
  ...instances,
  ...services,
  ...checkerExamples,
  ...language,
];
