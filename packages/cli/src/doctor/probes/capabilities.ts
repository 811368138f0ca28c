import { textOf } from './text.ts';

/** Bit numbers of capabilities(7) that the daemon needs, and this command for listening. */
const needed = { CAP_NET_ADMIN: 12, CAP_NET_RAW: 13 } as const;

/** Names of needed capabilities that this process lacks; proc(5) CapEff. */
export function missingCapabilities(): readonly string[] {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(textOf('/proc/self/status'))?.[1] ?? 'ffffffff';
  const bits = BigInt(`0x${effective}`);
  return Object.entries(needed)
    .filter(([, bit]) => (bits & (1n << BigInt(bit))) === 0n)
    .map(([name]) => name);
}
