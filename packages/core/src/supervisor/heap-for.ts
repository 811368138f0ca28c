import type { HealthSlice } from '@holdfast/healthcheck';

/** What the worker keeps of a real server: configuration, state, what the kernel should hold. */
const bytesOfServer = 4096;
/** With fewer the engine's own guess is as good. */
const manyServers = 2000;

/**
 * Megabytes that a healthcheck worker will keep of a long list of virtual servers, 0 for a short one. Told of them the
 * engine does not look through what it has got so far again and again, while the first table waits: of a start with ten
 * thousand real servers that was a tenth.
 */
export function heapFor({ virtualServers }: HealthSlice): number {
  const servers = virtualServers.reduce((sum, { realServers }) => sum + realServers.length, 0);
  return servers < manyServers ? 0 : Math.ceil((servers * bytesOfServer) / 2 ** 20);
}
