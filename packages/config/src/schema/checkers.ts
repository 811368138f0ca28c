import type { Checker, CheckPace, CheckTarget, HttpChecker, HttpUrl, TlsClient } from '../lvs-types.ts';
import { by } from './by-keyword.ts';
import { address, commandSchema, micros } from './common.ts';
import {
  about,
  anyOf,
  constant,
  flag,
  list,
  object,
  optional,
  type SchemaOf,
  shared,
  text,
  wholeNumber,
  words,
} from './schema.ts';

type Kind<K extends Checker['kind']> = Extract<Checker, { readonly kind: K }>;

const inServer = 'virtual_server.real_server';
const ofTcp = <T>(keyword: string, schema: SchemaOf<T>, absent?: number): SchemaOf<T> =>
  by(`${inServer}.TCP_CHECK.${keyword}`, schema, absent);
const ofHttp = <T>(keyword: string, schema: SchemaOf<T>): SchemaOf<T> =>
  by(`${inServer}.SSL_GET.${keyword}`, schema);
const ofMisc = <T>(keyword: string, schema: SchemaOf<T>): SchemaOf<T> =>
  by(`${inServer}.MISC_CHECK.${keyword}`, schema);

const pace = (): SchemaOf<CheckPace> =>
  object<CheckPace>({
    delayLoop: ofTcp('delay_loop', micros),
    retry: ofTcp('retry', wholeNumber),
    delayBeforeRetry: ofTcp('delay_before_retry', micros),
    warmup: ofTcp('warmup', micros),
    alpha: ofTcp('alpha', flag),
    logAllFailures: ofTcp('log_all_failures', flag),
  });

const target = (): SchemaOf<CheckTarget> =>
  object<CheckTarget>({
    address: ofTcp('connect_ip', address.schema),
    port: ofTcp('connect_port', wholeNumber, 0),
    bindTo: ofTcp('bindto', optional(address.schema)),
    bindPort: ofTcp('bind_port', optional(wholeNumber)),
    bindInterface: ofTcp('bind_if', optional(text)),
    fwmark: ofTcp('fwmark', optional(wholeNumber)),
    connectTimeout: ofTcp('connect_timeout', micros),
  });

const paced = shared<CheckPace>('checkPace', pace());
const aimed = shared<CheckTarget>('checkTarget', target());

const url = (): SchemaOf<HttpUrl> =>
  object<HttpUrl>({
    path: ofHttp('url.path', text),
    virtualhost: ofHttp('url.virtualhost', optional(text)),
    digest: ofHttp('url.digest', optional({ json: { type: 'string', pattern: '^[0-9a-f]{32}$' } })),
    statusCodes: ofHttp(
      'url.status_code',
      list(object<HttpUrl['statusCodes'][number]>({ from: wholeNumber, to: wholeNumber })),
    ),
    tlsCompliant: ofHttp('url.tls_compliant', optional(flag)),
  });

const tlsClient = (): SchemaOf<TlsClient> =>
  about(
    'SSL { }: files in PEM, and the pass phrase of the key, empty where it is not told.',
    object<TlsClient>({
      password: optional(text),
      ca: optional(text),
      certificate: optional(text),
      key: optional(text),
    }),
  );

type HttpPart = HttpChecker & { readonly pace: CheckPace };

const http = (): SchemaOf<HttpPart> =>
  object<HttpPart>({
    kind: words<HttpChecker['kind']>({ HTTP_GET: true, SSL_GET: true }),
    pace: paced.schema,
    target: aimed.schema,
    httpVersion: ofHttp(
      'http_protocol',
      words<HttpChecker['httpVersion']>({ '1.0': true, '1.0c': true, '1.0C': true, '1.1': true }),
    ),
    virtualhost: ofHttp('virtualhost', optional(text)),
    enableSni: ofHttp('enable_sni', flag),
    sniName: ofHttp('sni_name', optional(text)),
    fastRecovery: ofHttp('fast_recovery', flag),
    tlsCompliant: ofHttp('tls_compliant', flag),
    tlsClient: optional(tlsClient()),
    urls: ofHttp('url', list(url())),
  });

/** What looks at a real server. */
export const checkerSchema = (): SchemaOf<Checker> =>
  anyOf<[Kind<'TCP_CHECK'>, HttpPart, Kind<'MISC_CHECK'>]>(
    object<Kind<'TCP_CHECK'>>({ kind: constant('TCP_CHECK'), pace: paced.schema, target: aimed.schema }),
    http(),
    object<Kind<'MISC_CHECK'>>({
      kind: constant('MISC_CHECK'),
      pace: paced.schema,
      command: ofMisc('misc_path', commandSchema),
      timeout: ofMisc('misc_timeout', micros),
      dynamic: ofMisc('misc_dynamic', flag),
      disabled: about('Its program cannot or must not run.', optional(constant(true))),
    }),
  );

export const checkerDefinitions = [paced, aimed];
