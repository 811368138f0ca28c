import { setTimeout } from 'node:timers/promises';
import { fail, ok, type Result } from '@holdfast/kit';
import { configurationText } from './configuration-text.ts';
import type { Facts } from './facts.ts';
import { observe, type Resolved, readText } from './observe.ts';
import { type Obstacle, obstacleText } from './obstacle.ts';
import { namesIn, plan, wishesOf } from './plan.ts';
import type { Environment } from './reader.ts';
import { chooseSource, type Source } from './sources.ts';
import { fillTemplate } from './template.ts';
import type { Wishes } from './wishes.ts';

/** What the daemon is to be started with. */
export type Prepared =
  | Extract<Source, { kind: 'file' }>
  | {
      readonly kind: 'made';
      readonly text: string;
      /** Looks again at what names mean now: the new text, or undefined while nothing better is known. */
      readonly again: (() => Promise<string | undefined>) | undefined;
    };

export interface Preparation {
  readonly environment: Environment;
  /** The command line that asks a page, without the page. */
  readonly probe: string;
  /** Whether to wait for what may still come; told once. */
  readonly patient: boolean;
  readonly tell: (text: string) => void;
}

/** Milliseconds between two looks while waiting. */
const pause = 250;

/** Finds the configuration or makes it, and waits, a limited time, for interfaces and names that are not there yet. */
export async function prepare(preparation: Preparation): Promise<Result<Prepared, readonly Obstacle[]>> {
  const { environment } = preparation;
  const source = chooseSource(environment, readText);
  if (!source.ok) return fail([source.error]);
  if (source.value.kind === 'file') return ok(source.value);
  const wishes = wishesOf(environment);
  if (!wishes.ok) return wishes;
  return make(preparation, source.value, wishes.value);
}

async function make(
  { environment, probe, patient, tell }: Preparation,
  source: Exclude<Source, { kind: 'file' }>,
  wishes: Wishes,
): Promise<Result<Prepared, readonly Obstacle[]>> {
  const end = performance.now() + (patient ? wishes.wait * 1000 : 0);
  let told = false;
  for (;;) {
    const facts = await observe(environment, wishes, probe);
    const text = textFor(facts, source, wishes);
    if (text.ok)
      return ok({
        kind: 'made',
        text: text.value,
        again: namesIn(wishes).length === 0 ? undefined : rememberingNames(facts, source, wishes),
      });
    const mayPass = text.error.every((each) => each.mayPass);
    if (!mayPass || performance.now() >= end) return text;
    if (!told) tell(`waiting up to ${wishes.wait} s: ${text.error.map(obstacleText).join('; ')}`);
    told = true;
    await setTimeout(pause);
  }
}

function textFor(
  facts: Facts,
  source: Exclude<Source, { kind: 'file' }>,
  wishes: Wishes,
): Result<string, readonly Obstacle[]> {
  const made = plan(facts, wishes, source.kind === 'environment');
  if (!made.ok) return made;
  return source.kind === 'template'
    ? fillTemplate(source.text, made.value)
    : ok(configurationText(made.value));
}

/** Peers that were known are not given up for nobody: a name service that forgets must not split the routers. */
function rememberingNames(first: Facts, source: Exclude<Source, { kind: 'file' }>, wishes: Wishes) {
  let known: Resolved = first.resolved;
  let hadPeers = hasPeers(first, wishes);
  return async (): Promise<string | undefined> => {
    const facts = await observe(first.environment, wishes, first.probe, known);
    const has = hasPeers(facts, wishes);
    const text = textFor(facts, source, wishes);
    if (!text.ok || (hadPeers && !has)) return undefined;
    [known, hadPeers] = [facts.resolved, has];
    return text.value;
  };
}

function hasPeers(facts: Facts, wishes: Wishes): boolean {
  const made = plan(facts, wishes, false);
  return made.ok && made.value.peers.value.length > 0;
}
