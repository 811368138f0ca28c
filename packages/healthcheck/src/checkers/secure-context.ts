import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { TlsClient } from '@holdfast/config';
import { fail, ok, type Result } from '@holdfast/kit';

/** Old servers offer TLS 1.0 and weak keys. */
const anyVersion = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;

interface Made {
  readonly stamp: string;
  readonly context: Result<SecureContext, string>;
}

/** Made once, and again when a file is another one: a context costs more than a handshake. */
const made = new Map<string, Made>();

/**
 * With what SSL_GET shakes hands: `SSL { }` of the file, or nothing.
 * @returns which file cannot be used, and why
 */
export function secureContext(client: TlsClient = {}): Result<SecureContext, string> {
  const name = JSON.stringify(client);
  const stamp = filesOf(client).map(stampOf).join(' ');
  const known = made.get(name);
  if (known?.stamp === stamp) return known.context;
  const context = make(client);
  made.set(name, { stamp, context });
  return context;
}

const filesOf = ({ ca, certificate, key }: TlsClient): readonly string[] =>
  [ca, certificate, key].filter((file) => file !== undefined);

function stampOf(file: string): string {
  const status = statSync(file, { throwIfNoEntry: false });
  return status === undefined ? 'none' : `${status.ino}/${status.mtimeMs}/${status.size}`;
}

function make({ password, ca, certificate, key }: TlsClient): Result<SecureContext, string> {
  let doing = 'SSL';
  const read = (keyword: string, file: string | undefined): Buffer | undefined => {
    doing = `SSL ${keyword} ${file ?? ''}`;
    return file === undefined ? undefined : readFileSync(file);
  };
  try {
    const files = { ca: read('ca', ca), cert: read('certificate', certificate), key: read('key', key) };
    doing = `SSL certificate ${certificate ?? 'missing'}, key ${key ?? 'missing'}`;
    return ok(createSecureContext({ ...anyVersion, ...files, passphrase: password }));
  } catch (error) {
    const why = error instanceof Error ? codeOf(error) : String(error);
    return fail(`${doing} cannot be used: ${why}`);
  }
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? `${error.code} (${error.message})` : error.message;
