import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '@holdfast/kit';

/** What genhash(1) is asked for. */
export interface GenhashRequest {
  readonly server: string;
  readonly port: number;
  readonly url: string;
  readonly useSsl: boolean;
  /** `-I`: the virtual host is sent in the TLS handshake. */
  readonly useSni: boolean;
  readonly virtualHost: string | undefined;
  readonly protocol: '1.0' | '1.0c' | '1.1';
  /** Seconds for connecting, and for each wait afterwards. */
  readonly timeout: number;
  readonly verbose: boolean;
}

export type GenhashCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'fetch'; readonly request: GenhashRequest };

const options = {
  'use-ssl': { type: 'boolean', short: 'S' },
  'use-sni': { type: 'boolean', short: 'I' },
  server: { type: 'string', short: 's' },
  port: { type: 'string', short: 'p' },
  url: { type: 'string', short: 'u' },
  'use-virtualhost': { type: 'string', short: 'V' },
  verbose: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
  fwmark: { type: 'string', short: 'm' },
  protocol: { type: 'string', short: 'P' },
  timeout: { type: 'string', short: 't' },
} as const;

const customaryTimeout = 5;
const longestTimeout = 86_400;

/** Reads the words after `genhash`. A complaint names what is wrong with them. */
export function genhashCommand(words: readonly string[]): Result<GenhashCommand, string> {
  const read = readWords(words);
  if (!read.ok) return read;
  const given = read.value;
  if (given.help === true) return ok({ kind: 'help' });
  const { server, url, protocol = '1.0', 'use-virtualhost': virtualHost } = given;
  if (server === undefined || url === undefined || given.port === undefined)
    return fail('-s, -p and -u are needed: the server, its port and the path of the page');
  if (isIP(server) === 0) return fail(`the server must be an IP address, not ${server}`);
  const port = wholeNumber(given.port, 1, 0xffff);
  if (port === undefined) return fail(`${given.port} is no port: write a number from 1 to 65535`);
  if (protocol !== '1.0' && protocol !== '1.0c' && protocol !== '1.1')
    return fail(`${protocol} is no HTTP version known here: write 1.0, 1.0c or 1.1`);
  const timeout = wholeNumber(given.timeout ?? String(customaryTimeout), 1, longestTimeout);
  if (timeout === undefined) return fail(`${given.timeout} is no timeout: write seconds, from 1 on`);
  if (given.fwmark !== undefined && given.fwmark !== '0')
    return fail('--fwmark cannot be set in this version: leave it out, and route by address instead');
  return ok({
    kind: 'fetch',
    request: {
      server,
      port,
      url,
      protocol,
      virtualHost,
      timeout,
      useSsl: given['use-ssl'] === true,
      useSni: given['use-sni'] === true,
      verbose: given.verbose === true,
    },
  });
}

function readWords(words: readonly string[]) {
  try {
    return ok(parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(text: string, from: number, to: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= from && value <= to ? value : undefined;
}
