import { pattern } from '../arguments/checker-options.ts';
import { md5Digest, statusCodes } from '../arguments/http.ts';
import { wholeNumber } from '../arguments/number.ts';
import { stackSizes } from '../arguments/process-options.ts';
import { onlyLogged } from '../arguments/reading.ts';
import { anyWords, choice, nothing, optionalBoolean, optionalWord, word } from '../arguments/simple.ts';
import { connectionRows } from './checker-connection.ts';
import { keyword, keywords, later, type Rows } from './row.ts';
import { regexOptionWords } from './words/regex-options.ts';

const checker = { owner: 'checker', property: 'realServers' } as const;
const unsigned = 2 ** 32 - 1;

const urlRows = () =>
  ({
    path: keyword(word({ syntax: 'PATH' }), 'Request path.', {
      ...checker,
      property: 'path',
      default: 'none (required)',
    }),
    digest: keyword(md5Digest, 'MD5 of the body.', { ...checker, repeat: 'first-wins' }),
    status_code: keyword(statusCodes, 'Accepted status codes.', {
      ...checker,
      repeat: 'accumulates',
      default: '200-299',
    }),
    virtualhost: keyword(word({ syntax: 'STRING', missing: 'ignored' }), 'Host header of this url.', {
      ...checker,
      default: 'checker virtualhost',
    }),
    regex: later(onlyLogged(pattern), 'PCRE2 pattern searched in the body.', { ...checker }),
    regex_no_match: later(nothing, 'Succeed only if the pattern is absent.', { ...checker }),
    regex_options: later(onlyLogged(anyWords('OPTION ...')), 'PCRE2 compile options.', {
      words: regexOptionWords(),
      ...checker,
      repeat: 'accumulates',
    }),
    regex_min_offset: later(
      onlyLogged(wholeNumber(0, unsigned, { syntax: 'BYTES' })),
      'Offset at which matching starts.',
      { ...checker, default: '0' },
    ),
    regex_max_offset: later(
      onlyLogged(wholeNumber(0, unsigned, { syntax: 'BYTES' })),
      'Largest offset at which a match may start.',
      { ...checker, default: 'no limit' },
    ),
    regex_stack: later(onlyLogged(stackSizes), 'JIT stack sizes (largest of all urls used).', {
      ...checker,
      default: 'PCRE2 default',
    }),
  }) as const;

/** What stands in `url { }` of HTTP_GET. */
export const httpUrlRows = urlRows();

/** What stands in `url { }` of SSL_GET. */
export const sslUrlRows = {
  ...urlRows(),
  tls_compliant: keyword(optionalBoolean, 'Shut TLS down as the standard demands, after this url.', {
    ...checker,
    default: 'checker setting',
  }),
} as const;

const httpGetRows = <U extends Rows>(url: U) =>
  ({
    ...connectionRows({ retry: '1', delay: '3 s' }),
    nb_get_retry: keyword(wholeNumber(0, unsigned), 'Old spelling.', {
      ...checker,
      aliasOf: 'retry',
      deprecated: 'write retry',
    }),
    virtualhost: keyword(word({ syntax: 'STRING', missing: 'ignored' }), 'Host header.', {
      ...checker,
      default: 'real server virtualhost, else virtual server virtualhost, else address:port',
    }),
    http_protocol: keyword(
      choice(['1.0', '1.0c', '1.0C', '1.1'], { missing: 'ignored' }),
      'Request version; c adds a Connection: close header (1.1 always does).',
      { ...checker, default: '1.0' },
    ),
    enable_sni: keyword(
      optionalBoolean,
      'Send SNI (name: sni_name, url/checker/virtual server virtualhost).',
      {
        ...checker,
        default: 'false',
      },
    ),
    sni_name: keyword(optionalWord(), 'Name sent in SNI; implies enable_sni.', {
      ...checker,
      default: 'the virtualhost',
    }),
    fast_recovery: keyword(optionalBoolean, 'Check the remaining urls without delay while recovering.', {
      ...checker,
      default: 'false',
    }),
    url: keyword(nothing, 'One url to fetch.', {
      ...checker,
      repeat: 'accumulates',
      block: keywords(url),
    }),
  }) as const;

/** What stands in `HTTP_GET { }`. */
export const httpCheckRows = httpGetRows(httpUrlRows);

/** What stands in `SSL_GET { }`. */
export const sslCheckRows = {
  ...httpGetRows(sslUrlRows),
  tls_compliant: keyword(optionalBoolean, 'Shut TLS down as the standard demands.', {
    ...checker,
    default: 'false',
  }),
} as const;
