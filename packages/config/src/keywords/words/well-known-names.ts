/** Names of routing tables that every machine knows. */
export const tables: ReadonlyMap<string, number> = new Map([
  ['default', 253],
  ['main', 254],
  ['local', 255],
]);

/** Names of scopes: how far an address or a destination is away. */
export const scopes: ReadonlyMap<string, number> = new Map([
  ['global', 0],
  ['site', 200],
  ['link', 253],
  ['host', 254],
  ['nowhere', 255],
]);

/** Names of those who make routes. */
export const protocols: ReadonlyMap<string, number> = new Map([
  ['redirect', 1],
  ['kernel', 2],
  ['boot', 3],
  ['static', 4],
  ['ra', 9],
  ['dhcp', 16],
  ['keepalived', 18],
]);

/** No name of a type of service is known to every machine. */
export const typesOfService: ReadonlyMap<string, number> = new Map();
