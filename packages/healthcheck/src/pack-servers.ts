import type { Checker, RealServer, VirtualServer } from '@holdfast/config';
import type { PackedRealServer, PackedServers, PackedVirtualServer } from './packed-servers.ts';

/** Packs virtual servers; `unpackServers` gives the same ones. Costs little where neighbours are alike. */
export function packServers(all: readonly VirtualServer[]): PackedServers {
  const virtual = examplesOf(isAlikeVirtual);
  const real = examplesOf(isAlikeReal);
  const packReal = (server: RealServer): PackedRealServer => [
    real.indexFor(server),
    server.key,
    server.address,
    server.port,
  ];
  const virtualServers = all.map((server): PackedVirtualServer => {
    const { key, services, realServers } = server;
    return [virtual.indexFor(server), key, services, realServers.map(packReal)];
  });
  return {
    virtualExamples: virtual.examples.map((example) => ({ ...example, services: [], realServers: [] })),
    realExamples: real.examples,
    virtualServers,
  };
}

/** So many examples are looked at, the latest first: where no two are alike, comparing all with all would take forever. */
const mostLooks = 4;

function examplesOf<Server>(isAlike: (a: Server, b: Server) => boolean) {
  const examples: Server[] = [];
  return {
    examples,
    /** The place of its example, which is itself where none of the latest is alike. */
    indexFor(server: Server): number {
      const last = Math.max(0, examples.length - mostLooks);
      for (let index = examples.length - 1; index >= last; index--) {
        const example = examples[index];
        if (example !== undefined && isAlike(example, server)) return index;
      }
      return examples.push(server) - 1;
    },
  };
}

const ofVirtualServer: ReadonlySet<string> = new Set(['key', 'services', 'realServers']);
const ofRealServer: ReadonlySet<string> = new Set(['key', 'address', 'port', 'checkers']);
const ofChecker: ReadonlySet<string> = new Set(['target']);
const ofTarget: ReadonlySet<string> = new Set(['address', 'port']);

const isAlikeVirtual = (a: VirtualServer, b: VirtualServer): boolean => isSame(a, b, ofVirtualServer);

const isAlikeReal = (a: RealServer, b: RealServer): boolean =>
  isSame(a, b, ofRealServer) &&
  a.checkers.length === b.checkers.length &&
  a.checkers.every((checker, i) => {
    const other = b.checkers[i];
    return other !== undefined && isAlikeChecker(a, checker, b, other);
  });

function isAlikeChecker(a: RealServer, one: Checker, b: RealServer, other: Checker): boolean {
  if (!isSame(one, other, ofChecker)) return false;
  if (!('target' in one && 'target' in other)) return !('target' in one || 'target' in other);
  return (
    isSame(one.target, other.target, ofTarget) &&
    isAlikePart(one.target.address, a.address, other.target.address, b.address) &&
    isAlikePart(one.target.port, a.port, other.target.port, b.port)
  );
}

/** Each is what its server has, or it is the same other thing. */
const isAlikePart = <Part>(one: Part, own: Part, other: Part, others: Part): boolean =>
  one === own ? other === others : one === other;

/** Plain data with the same fields; one that is undefined and one that is missing may count as different. */
function isSame<Value>(a: Value, b: Value, except: ReadonlySet<string> = nothing): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  for (const name in a) if (!except.has(name) && !isSame(a[name], b[name])) return false;
  for (const name in b) if (!(name in a)) return false;
  return true;
}
const nothing: ReadonlySet<string> = new Set();
