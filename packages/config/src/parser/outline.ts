import { plainServerAddress, type ServerAddress } from '../arguments/server-header.ts';
import type { LineRange, Lines } from '../language/lines.ts';
import { shapes } from '../language/physical-lines.ts';
import { closingLine } from './token-stream.ts';

/** A virtual server as nearly all are written, before any keyword is looked at: each address in a line of its own. */
export interface Outline {
  readonly written: ServerAddress;
  /** The lines that stand neither in a real server nor name one: where they are the same, so are its keywords. */
  readonly own: string;
  readonly servers: readonly OutlinedServer[];
}

export interface OutlinedServer {
  readonly written: ServerAddress;
  /** What stands between its braces. */
  readonly body: string;
}

/** @returns undefined where it is written in another way, or has no real server */
export function outlineOf({ lines, first, end }: LineRange): Outline | undefined {
  const all = lines.shapes;
  const written = addressIn(lines, first, virtualServerLine);
  if (written === undefined) return undefined;
  const own: string[] = [];
  const servers: OutlinedServer[] = [];
  const last = end - 1;
  for (let at = first + 1; at < last; ) {
    const stretch = at;
    while (all[at] === shapes.plain) at++;
    if (at > stretch) own.push(lines.textOf(stretch, at));
    if (at === last) break;
    const server = addressIn(lines, at, realServerLine);
    const close = closingLine({ lines, first: at + 1, end: last }, at + 1);
    if (server === undefined || close === undefined) return undefined;
    servers.push({ written: server, body: lines.textOf(at + 1, close) });
    at = close + 1;
  }
  return all[last] === shapes.closes && servers.length > 0
    ? { written, own: own.join('\n'), servers }
    : undefined;
}

const virtualServerLine = /^[ \t]*virtual_server[ \t]+(\S+)[ \t]+(\S+)[ \t]*\{[ \t]*$/;
const realServerLine = /^[ \t]*real_server[ \t]+(\S+)[ \t]+(\S+)[ \t]*\{[ \t]*$/;

function addressIn(lines: Lines, index: number, line: RegExp): ServerAddress | undefined {
  if (lines.shapes[index] !== shapes.opens) return undefined;
  const [, address, port] = line.exec(lines.textOf(index, index + 1)) ?? [];
  return address === undefined || port === undefined ? undefined : plainServerAddress(address, port);
}
