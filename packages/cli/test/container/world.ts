import { address, fail, ok, type Result } from '@holdfast/kit';
import { configurationText } from '../../src/container/configuration-text.ts';
import type { Facts, Nic } from '../../src/container/facts.ts';
import { obstacleText } from '../../src/container/obstacle.ts';
import { type Plan, plan, wishesOf } from '../../src/container/plan.ts';

/** `nic('eth0', '10.0.0.1/24', 'fe80::1/64')` */
export const nic = (name: string, ...addresses: readonly string[]): Nic => ({
  name,
  addresses: addresses.map((text) => {
    const [own = '', length] = text.split('/');
    return { address: address(own), prefixLength: Number(length) };
  }),
});

/** A container as Docker makes it, with what differs. */
export const container = (different: Partial<Facts> = {}): Facts => ({
  environment: {},
  hostName: '3f2a9c0d1e4b',
  nics: [nic('eth0', '172.28.0.2/16')],
  defaultRoutes: [{ interface: 'eth0', metric: 0, family: 4 }],
  resolved: new Map(),
  passwordFile: undefined,
  probe: '/usr/bin/node /usr/lib/holdfast/holdfast-container.mjs probe',
  ...different,
});

/** The plan for these facts, or the sentences of what stands in its way. */
export function planFor(facts: Facts): Result<Plan, readonly string[]> {
  const wishes = wishesOf(facts.environment);
  if (!wishes.ok) return fail(wishes.error.map(obstacleText));
  const made = plan(facts, wishes.value);
  return made.ok ? ok(made.value) : fail(made.error.map(obstacleText));
}

/** The configuration, or what stands in its way: text either way. */
export function outcome(facts: Facts): string {
  const made = planFor(facts);
  return made.ok ? configurationText(made.value) : made.error.join('\n');
}

/** A line of the configuration by its first word, without the comment. */
export const line = (text: string, word: string): string | undefined =>
  text
    .split('\n')
    .map((each) => each.replace(/\s*#.*/, '').trim())
    .find((each) => each.startsWith(`${word} `));
