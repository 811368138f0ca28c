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
];
