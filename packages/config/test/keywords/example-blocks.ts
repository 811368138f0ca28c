/** A keyword in effect: a file that has it, and the same file without it. */
export interface WiredExample {
  readonly path: string;
  readonly without: string;
  readonly with: string;
}

export type Lines = Readonly<Record<string, string | readonly [without: string, with_: string]>>;

/** Keywords of one block, each with its line, or with what stands there without it and with it. */
export function inBlock(
  prefix: string,
  around: (lines: string) => string,
  lines: Lines,
): readonly WiredExample[] {
  return Object.entries(lines).map(([name, given]) => {
    const [without, text] = typeof given === 'string' ? ['', given] : given;
    return { path: `${prefix}${name}`, without: around(without), with: around(text) };
  });
}

export const address = 'virtual_ipaddress {\n10.0.0.100/24\n}';
export const instance = (lines: string, own = address): string =>
  `vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\n${own}\n${lines}\n}\n`;
export const global = (lines: string): string => `global_defs {\n${lines}\n}\n${instance('')}`;
export const scriptBlock = (lines: string): string =>
  `vrrp_script a {\nscript /bin/true\n${lines}\n}\n${instance('track_script {\na\n}')}`;
export const server = (lines: string): string => `real_server 10.0.0.3 80 {\n${lines}\n}`;
export const service = (lines: string, servers = server('TCP_CHECK {\n}'), header = '10.0.0.9 80'): string =>
  `virtual_server ${header} {\nlb_algo rr\nlb_kind NAT\nprotocol TCP\n${servers}\n${lines}\n}\n`;
export const realServer = (lines: string): string => service('', server(lines));
export const checker = (kind: string, inside: string) => (lines: string) =>
  realServer(`${kind} {\n${inside}\n${lines}\n}`);
export const url = 'url {\npath /\n}';
export const urlOf = (kind: string) => (lines: string) =>
  realServer(`${kind} {\nurl {\npath /\n${lines}\n}\n}`);
