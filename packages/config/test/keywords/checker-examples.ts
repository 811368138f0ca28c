import {
  checker,
  inBlock,
  instance,
  type Lines,
  realServer,
  url,
  urlOf,
  type WiredExample,
} from './example-blocks.ts';

const patience: Lines = {
  retry: 'retry 9',
  delay_before_retry: 'delay_before_retry 9',
  warmup: 'warmup 9',
  delay_loop: 'delay_loop 9',
  alpha: 'alpha',
  log_all_failures: 'log_all_failures',
};
const connection: Lines = {
  connect_ip: 'connect_ip 10.0.0.8',
  connect_port: 'connect_port 81',
  bindto: 'bindto 10.0.0.2',
  bind_port: 'bind_port 81',
  bind_if: 'bind_if eth0',
  connect_timeout: 'connect_timeout 9',
  fwmark: 'fwmark 9',
  ...patience,
};
const http: Lines = {
  ...connection,
  nb_get_retry: 'nb_get_retry 9',
  virtualhost: 'virtualhost example.org',
  http_protocol: 'http_protocol 1.1',
  enable_sni: 'enable_sni',
  sni_name: 'sni_name example.org',
  fast_recovery: 'fast_recovery',
  url: 'url {\npath /b\n}',
};
const urls: Lines = {
  path: 'path /b',
  digest: `digest ${'a'.repeat(32)}`,
  status_code: 'status_code 204',
  virtualhost: 'virtualhost example.org',
};

const healthGlobal = (lines: string): string =>
  `global_defs {\n${lines}\n}\n${instance('')}${realServer('TCP_CHECK {\n}')}`;
const sslGet = (lines: string): string => `SSL {\n${lines}\n}\n${checker('SSL_GET', url)('')}`;
const syncDaemon = 'lvs_sync_daemon eth0';

const below = 'virtual_server.real_server.';
/** Keywords of checkers. */
export const checkerExamples: readonly WiredExample[] = [
  ...inBlock(`${below}TCP_CHECK.`, checker('TCP_CHECK', ''), connection),
  ...inBlock(`${below}HTTP_GET.`, checker('HTTP_GET', url), http),
  ...inBlock(`${below}SSL_GET.`, checker('SSL_GET', url), { ...http, tls_compliant: 'tls_compliant' }),
  ...inBlock(`${below}HTTP_GET.url.`, urlOf('HTTP_GET'), urls),
  ...inBlock(`${below}SSL_GET.url.`, urlOf('SSL_GET'), urls),
  ...inBlock(`${below}MISC_CHECK.`, checker('MISC_CHECK', 'misc_path /bin/true'), {
    ...patience,
    misc_path: 'misc_path /bin/false',
    misc_timeout: 'misc_timeout 9',
    misc_dynamic: 'misc_dynamic',
    user: 'user root',
  }),
  ...inBlock('global_defs.', (lines) => `global_defs {\n${lines}\n}\n${realServer('TCP_CHECK {\n}')}`, {
    checker_log_all_failures: 'checker_log_all_failures',
  }),
  ...inBlock('global_defs.', (lines) => `global_defs {\n${lines}\n}\n${instance('priority 255')}`, {
    vrrp_owner_ignore_adverts: 'vrrp_owner_ignore_adverts',
  }),
  ...inBlock('global_defs.', healthGlobal, {
    checker_process_name: 'checker_process_name pools',
    lvs_process_name: 'lvs_process_name pools',
    checker_priority: 'checker_priority 9',
    checker_rt_priority: 'checker_rt_priority 9',
    checks_in_flight: '@holdfast checks_in_flight 9',
    rs_init_notifies: 'rs_init_notifies',
    lvs_flush: 'lvs_flush',
    lvs_flush_on_stop: 'lvs_flush_on_stop',
    lvs_flush_onstop: 'lvs_flush_onstop',
    lvs_timeouts: 'lvs_timeouts tcp 9',
    lvs_sync_daemon: syncDaemon,
  }),
  ...inBlock('global_defs.lvs_timeouts.', healthGlobal, {
    tcp: 'lvs_timeouts tcp 9',
    tcpfin: 'lvs_timeouts tcpfin 9',
    udp: 'lvs_timeouts udp 9',
  }),
  ...inBlock('global_defs.lvs_sync_daemon.', healthGlobal, {
    inst: [syncDaemon, `${syncDaemon} inst VI_1`],
    id: [syncDaemon, `${syncDaemon} id 9`],
    maxlen: [syncDaemon, `${syncDaemon} maxlen 999`],
    port: [syncDaemon, `${syncDaemon} port 999`],
    ttl: [syncDaemon, `${syncDaemon} ttl 9`],
    group: [syncDaemon, `${syncDaemon} group 239.1.2.3`],
  }),
  ...inBlock('', (lines) => `${lines}\n${checker('SSL_GET', url)('')}`, { SSL: 'SSL {\nkey /key.pem\n}' }),
  ...inBlock('SSL.', sslGet, {
    password: 'password secret',
    ca: 'ca /ca.pem',
    certificate: 'certificate /me.pem',
    key: 'key /me.key',
  }),
  ...inBlock(`${below}SSL_GET.url.`, urlOf('SSL_GET'), { tls_compliant: 'tls_compliant' }),
];
