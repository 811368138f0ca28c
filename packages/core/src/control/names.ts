import { type RealServer, type ServiceAddress, suggest, type VirtualServer } from '@holdfast/config';
import { fail, ok, type Result } from '@holdfast/kit';

/** Why a name fits nothing, with what was probably meant. */
export interface NotFound {
  readonly message: string;
  readonly remedy: string;
}

/** Finds an object by its name, exactly. @param what for the message: `vrrp_instance` */
export function findByName<T extends { readonly name: string }>(
  what: string,
  name: string,
  all: readonly T[],
): Result<T, NotFound> {
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return ok(found);
  return fail(
    unknown(
      what,
      name,
      all.map((one) => one.name),
    ),
  );
}

/** Finds a virtual server by its key, `address:port`, `protocol/address:port` or `fwm:mark`. */
export const findPool = (text: string, all: readonly VirtualServer[]): Result<VirtualServer, NotFound> =>
  findByAlias('virtual_server', text, all, (server) =>
    server.services.flatMap((at) => spellings(server, at)),
  );

/** Finds a real server by its key, `address:port` or address alone. */
export const findServer = (text: string, { key, realServers }: VirtualServer): Result<RealServer, NotFound> =>
  findByAlias(
    'real_server',
    text,
    realServers,
    ({ address, port }) => [...withPort(address, port), address],
    ` of ${key}`,
  );

function spellings({ protocol }: VirtualServer, at: ServiceAddress): readonly string[] {
  if (at.kind === 'fwmark') return [`fwm:${at.mark}`, `fwmark:${at.mark}`];
  const plain = withPort(at.address, at.port);
  return [...plain, ...plain.map((text) => `${protocol}/${text}`)];
}

const withPort = (address: string, port: number): readonly string[] => [
  `${address}:${port}`,
  `[${address}]:${port}`,
];

function findByAlias<T extends { readonly key: string }>(
  what: string,
  text: string,
  all: readonly T[],
  aliases: (one: T) => readonly string[],
  owner = '',
): Result<T, NotFound> {
  const wanted = text.toLowerCase();
  const exact = all.find(({ key }) => key.toLowerCase() === wanted);
  if (exact !== undefined) return ok(exact);
  const found = all.filter((one) => aliases(one).some((alias) => alias.toLowerCase() === wanted));
  const [only, another] = found;
  if (only !== undefined && another === undefined) return ok(only);
  if (only !== undefined)
    return fail({
      message: `${text} may be more than one ${what}${owner}`,
      remedy: `name one of them: ${found.map(({ key }) => `'${key}'`).join(', ')}`,
    });
  return fail(
    unknown(
      what,
      text,
      all.flatMap((one) => [one.key, ...aliases(one)]),
      owner,
    ),
  );
}

const mostListed = 8;

function unknown(what: string, text: string, names: readonly string[], owner = ''): NotFound {
  const message = `there is no ${what} ${text}${owner}`;
  const meant = suggest(text, names);
  if (meant !== undefined) return { message, remedy: `did you mean ${meant}?` };
  if (names.length === 0) return { message, remedy: 'none is configured' };
  const more = names.length > mostListed ? ', ...' : '';
  return { message, remedy: `there is ${names.slice(0, mostListed).join(', ')}${more}` };
}
