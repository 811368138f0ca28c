import { word } from '../arguments/simple.ts';
import { keyword } from './row.ts';

const checker = { owner: 'checker', property: 'realServers', once: true } as const;

/** What stands in `SSL { }`: who SSL_GET says to be. */
export const tlsClientRows = {
  password: keyword(word({ syntax: 'STRING', missing: 'ignored' }), 'Pass phrase of the key file.', checker),
  ca: keyword(
    word({ syntax: 'FILE', missing: 'ignored' }),
    'Certificates of authorities; read, but nothing is verified against them.',
    checker,
  ),
  certificate: keyword(
    word({ syntax: 'FILE', missing: 'ignored' }),
    'The certificate that is shown to servers that ask for one, with its chain (PEM).',
    checker,
  ),
  key: keyword(word({ syntax: 'FILE', missing: 'ignored' }), 'The key of the certificate (PEM).', checker),
} as const;
