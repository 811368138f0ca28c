import type { Change, HealthSlice } from '@holdfast/healthcheck';

/**
 * What a healthcheck worker that has one slice must be told to have another. What a reading found unchanged is the very
 * same object, so that this costs little where little has changed.
 */
export function sliceChange(before: HealthSlice, after: HealthSlice): Change {
  const old = new Map(before.virtualServers.map((server) => [server.key, server]));
  const keys = new Set(after.virtualServers.map(({ key }) => key));
  return {
    kind: 'change',
    global: after.global,
    changed: after.virtualServers.filter((server) => {
      const previous = old.get(server.key);
      if (previous === undefined || previous === server) return previous === undefined;
      return JSON.stringify(previous) !== JSON.stringify(server);
    }),
    gone: before.virtualServers.flatMap(({ key }) => (keys.has(key) ? [] : [key])),
  };
}
