import {
  type Diagnostic,
  type InterfaceAddress,
  type KnownAccounts,
  type MemoryFile,
  memoryFiles,
  type ParseOptions,
  type ParseResult,
  parseConfig,
} from '@holdfast/config';
import { address } from '@holdfast/kit';

/** A machine with eth0 and eth1, for tests. */
export const interfaces: ReadonlyMap<string, readonly InterfaceAddress[]> = new Map([
  ['lo', []],
  ['eth0', [{ address: address('10.0.0.2'), prefixLength: 24 }]],
  ['eth1', []],
]);

/** A machine without any account but root's. */
export const onlyRoot: KnownAccounts = {
  hasUser: (name) => name === 'root',
  hasGroup: (name) => name === 'root',
};

/** Parses a text as /etc/keepalived/keepalived.conf; further files by their paths. */
export function parse(
  text: string | Uint8Array,
  options: Partial<ParseOptions> = {},
  others: Readonly<Record<string, MemoryFile>> = {},
): ParseResult {
  return parseConfig({
    path: '/etc/keepalived/keepalived.conf',
    configId: 'router1',
    files: memoryFiles({ '/etc/keepalived/keepalived.conf': text, ...others }),
    interfaces,
    ...options,
  });
}

/** `LINE severity code` of everything but notes. */
export const complaints = ({ diagnostics }: ParseResult): string[] =>
  diagnostics.filter(({ severity }) => severity !== 'note').map(shown);

export const errors = ({ diagnostics }: ParseResult): string[] =>
  diagnostics.filter(({ severity }) => severity === 'error').map(shown);

const shown = ({ line, severity, code }: Diagnostic): string => `${line} ${severity} ${code}`;

/** An instance that runs, with further lines. */
export const instance = (lines = '', name = 'VI_1'): string => `vrrp_instance ${name} {
  interface eth0
  virtual_router_id 51
  virtual_ipaddress {
    10.0.0.100/24
  }
${lines}
}
`;
