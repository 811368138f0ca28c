import { type Obstacle, obstacle } from './obstacle.ts';

/** Bit numbers of capabilities(7) without which nothing works, and what is lost without each. */
const needed = {
  NET_ADMIN: { bit: 12, lost: 'no virtual address can be added, and no table of servers be kept' },
  NET_RAW: { bit: 13, lost: 'no advert can be sent or heard' },
} as const;

/**
 * Obstacles for the needed capabilities that are missing.
 * @param status the text of /proc/self/status
 */
export function missingCapabilities(status: string): readonly Obstacle[] {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  // Without the line nothing is known, and the kernel will say what it refuses.
  if (effective === undefined) return [];
  const bits = BigInt(`0x${effective}`);
  return Object.entries(needed)
    .filter(([, { bit }]) => (bits & (1n << BigInt(bit))) === 0n)
    .map(([name, { lost }]) =>
      obstacle(
        `the capability ${name} is missing, and ${lost}`,
        `start the container with --cap-add ${name} (cap_add in a compose file), as root`,
      ),
    );
}
