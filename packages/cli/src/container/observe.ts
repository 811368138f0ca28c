import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fail, type IpAddress, ok, parseAddress, type Result } from '@holdfast/kit';
import { openRouteNetlink } from '@holdfast/netlink';
import { defaultRoutes } from './default-routes.ts';
import type { Facts, Nic } from './facts.ts';
import { namesIn } from './plan.ts';
import type { Environment } from './reader.ts';
import type { Wishes } from './wishes.ts';

export type Resolved = ReadonlyMap<string, readonly IpAddress[]>;

/**
 * Looks at the network of this process.
 * @param known what names meant before: one that is not answered for at the moment keeps its addresses
 */
export async function observe(
  environment: Environment,
  wishes: Wishes,
  probe: string,
  known: Resolved = new Map(),
): Promise<Facts> {
  const passwordFile = environment['HOLDFAST_AUTH_PASS_FILE']?.trim() ?? '';
  return {
    environment,
    hostName: hostname(),
    nics: await nics(),
    defaultRoutes: defaultRoutes(textOf('/proc/net/route') ?? '', textOf('/proc/net/ipv6_route') ?? ''),
    resolved: await resolve(namesIn(wishes), known),
    passwordFile: passwordFile === '' ? undefined : textOf(passwordFile),
    probe,
  };
}

/** Asked of the kernel: what Node lists leaves out interfaces whose carrier is but coming. */
async function nics(): Promise<readonly Nic[]> {
  const route = openRouteNetlink();
  const [links, addresses] = [await route.links(), await route.addresses()];
  route.close();
  if (!links.ok || !addresses.ok) return [];
  return links.value
    .filter(({ loopback }) => !loopback)
    .map(({ name, index }) => ({
      name,
      addresses: addresses.value.filter((each) => each.index === index && !each.tentative),
    }));
}

async function resolve(names: readonly string[], known: Resolved): Promise<Resolved> {
  const entries = names.map(async (name) => {
    try {
      const answers = await lookup(name, { all: true });
      return [name, answers.flatMap(({ address }) => parseAddress(address) ?? [])] as const;
    } catch {
      // ENOTFOUND and EAI_AGAIN alike: the plan says what is missing.
      return [name, known.get(name) ?? []] as const;
    }
  });
  return new Map(await Promise.all(entries));
}

export function textOf(path: string): string | undefined {
  const text = readText(path);
  return text.ok ? text.value : undefined;
}

/** The text of a file, undefined where there is none; fails with the code of another error. */
export function readText(path: string): Result<string | undefined, string> {
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? ok(undefined) : fail(code);
  }
}
