/** Bit numbers of capabilities(7). */
const needed = { CAP_NET_ADMIN: 12, CAP_NET_RAW: 13 } as const;

/**
 * The capabilities that VRRP needs and the process lacks.
 * @param status the text of /proc/self/status
 */
export function missingCapabilities(status: string): readonly string[] {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  // Without the line nothing is known, and the kernel will say what it refuses.
  if (effective === undefined) return [];
  const bits = BigInt(`0x${effective}`);
  return Object.entries(needed)
    .filter(([, bit]) => (bits & (1n << BigInt(bit))) === 0n)
    .map(([name]) => name);
}
