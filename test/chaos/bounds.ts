/*
 * What RFC and cable allow, in microseconds. RFC 9568 knows no instant at which two routers own the address but the one
 * between a new master's first advert and its arrival; what comes on top is named here.
 */

/** How late a process may run on a machine that is busy with this very test. */
export const late = 150_000;

/** A higher priority takes over by saying so: the other one removes the address when it has read the advert. */
export const handover = late;

/** Workers end within this time after the death of their core, and take the address away before. */
export const afterCore = 200_000;

/**
 * A router of which core and worker were both killed keeps its address in its kernel, as one does whose machine hangs:
 * nobody is left who could remove it. That lasts until the service manager has started the daemon again and it has
 * come up, which takes Node some tenths of a second.
 */
export const startUp = 1_500_000;

/** When the service manager starts a daemon that has ended. */
export const restartAfter = 100_000;

/** Requests that are under way when something happens may still be decided by it. */
export const underWay = 50_000;
