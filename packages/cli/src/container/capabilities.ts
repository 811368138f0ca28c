import { type Obstacle, obstacle } from './obstacle.ts';

/** Bit numbers of capabilities(7) without which nothing works, and what is lost without each. */
const needed: Capabilities = {
  NET_ADMIN: { bit: 12, lost: 'no virtual address can be added, and no table of servers be kept' },
  NET_RAW: { bit: 13, lost: 'no advert can be sent or heard' },
};

/** What scripts of other users than root need. */
const forScripts: Capabilities = {
  SETUID: { bit: 7, lost: 'scripts of other users than root fail with status 127' },
  SETGID: { bit: 6, lost: 'scripts of other users than root fail with status 127' },
  KILL: { bit: 5, lost: 'a script of another user that hangs cannot be ended' },
};

type Capabilities = Readonly<Record<string, { readonly bit: number; readonly lost: string }>>;

/**
 * Obstacles for the needed capabilities that are missing.
 * @param status the text of /proc/self/status
 */
export function missingCapabilities(status: string): readonly Obstacle[] {
  return missing(status, needed);
}

/**
 * What is lost with this configuration for want of capabilities, although the daemon starts.
 * @param status the text of /proc/self/status
 * @param configuration its own text; files that it includes are not looked into
 */
export function lostWithout(status: string, configuration: string): readonly Obstacle[] {
  // keepalived.conf(5) script_user, and user of vrrp_script.
  const hasOtherUsers = /^\s*(?:script_user|user)\s+(?!root\b)\S/m.test(configuration);
  return hasOtherUsers ? missing(status, forScripts) : [];
}

function missing(status: string, capabilities: Capabilities): readonly Obstacle[] {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  // Without the line nothing is known, and the kernel will say what it refuses.
  if (effective === undefined) return [];
  const bits = BigInt(`0x${effective}`);
  return Object.entries(capabilities)
    .filter(([, { bit }]) => (bits & (1n << BigInt(bit))) === 0n)
    .map(([name, { lost }]) =>
      obstacle(
        `the capability ${name} is missing, and ${lost}`,
        `start the container with --cap-add ${name} (cap_add in a compose file), as root`,
      ),
    );
}
