import { type Family, familyOf } from '@holdfast/kit';
import { reachOfAddress } from './build/reach.ts';
import type { WrittenServer } from './build/real-server.ts';
import type { ReadableServer, VirtualServerOf } from './build/virtual-server.ts';
import type { VirtualServer } from './lvs-types.ts';
import { mostBodies } from './parser/bodies.ts';
import type { Node } from './parser/node.ts';
import type { Outline } from './parser/outline.ts';

/**
 * Virtual servers that a reading has come by without a word of complaint. Others that differ from them in nothing but
 * addresses are built with the same builders by what has been read, without their lines becoming keywords.
 */
export interface AlikeServers {
  /** @returns undefined where none like it was read. A report of the builders tells that it has to be read by itself */
  build(outline: Outline): VirtualServer | undefined;
  /** @param read from the outline's lines: all of it is in effect, each real server has a checker, nothing was reported */
  learn(outline: Outline, read: ReadableServer): void;
  forget(): void;
}

/** Those whose own lines were the same. */
interface Kind {
  readonly own: string;
  readonly family: Family;
  readonly port: number;
  readonly build: VirtualServerOf;
}

/** In a generated file there are one or two. */
const mostKinds = 8;

export function alikeServers(): AlikeServers {
  let kinds: readonly Kind[] = [];
  /** A real server with these lines between its braces, of whichever virtual server. */
  const bodies = new Map<string, Node>();
  return {
    build(outline) {
      const kind = kinds.find((one) => isOf(one, outline));
      const servers = kind === undefined ? undefined : serversOf(outline, bodies);
      return servers === undefined ? undefined : kind?.build(reachOfAddress(outline.written), servers);
    },
    learn(outline, { build, servers }) {
      // Without a mistake each line that names a real server has become one.
      for (const [index, { body }] of outline.servers.entries()) {
        const server = servers[index];
        if (server !== undefined && bodies.size < mostBodies && !bodies.has(body))
          bodies.set(body, server.node);
      }
      if (kinds.some((one) => isOf(one, outline))) return;
      const { address, port } = outline.written;
      const kind = { own: outline.own, family: familyOf(address), port, build };
      kinds = [kind, ...kinds.slice(0, mostKinds - 1)];
    },
    forget() {
      kinds = [];
      bodies.clear();
    },
  };
}

const isOf = ({ own, family, port }: Kind, { written, own: text }: Outline): boolean =>
  port === written.port && family === familyOf(written.address) && own === text;

/** @returns undefined where one of them is like none that was read */
function serversOf(
  outline: Outline,
  bodies: ReadonlyMap<string, Node>,
): readonly WrittenServer[] | undefined {
  const servers: WrittenServer[] = [];
  for (const { written, body } of outline.servers) {
    const node = bodies.get(body);
    if (node === undefined) return undefined;
    servers.push({ written, node });
  }
  return servers;
}
