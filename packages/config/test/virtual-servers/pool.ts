import type { RealServer, VirtualServer } from '@holdfast/config';
import { memoryFiles, type ParseResult, parseConfig } from '@holdfast/config';

/** What every example needs, in four lines. */
export const basics = 'lb_algo rr\nlb_kind NAT\nprotocol TCP';

/** A `virtual_server` with one real server; line 5 is the first of `lines`, which real servers follow. */
export const pool = (lines = '', realServers = server(), header = '10.0.0.1 80', base = basics): string =>
  `virtual_server ${header} {\n${base}\n${lines}\n${realServers}\n}\n`;

export const server = (lines = '', header = '10.0.0.3 80'): string => `real_server ${header} {\n${lines}\n}`;

/** Without an lb_kind NAT and without a protocol. */
export const marked = 'lb_algo rr\nlb_kind NAT';

export const read = (text: string): ParseResult =>
  parseConfig({ path: '/a.conf', configId: 'r1', files: memoryFiles({ '/a.conf': text }) });

export const only = (text: string): VirtualServer | undefined => read(text).config.virtualServers[0];

export const onlyServer = (text: string): RealServer | undefined => only(text)?.realServers[0];

/** `LINE CODE` of everything but the lint that speaks of servers without a checker. */
export const told = (text: string): readonly string[] =>
  read(text)
    .diagnostics.filter(({ code }) => code !== 'server-without-checker')
    .map(({ line, code }) => `${line} ${code}`);
