import { exitCodeOf, memoryFiles, parseConfig } from '@holdfast/config';
import { type Random, seededRandom } from '@holdfast/kit';
import { baseCases } from './bases.ts';
import { mutations } from './mutations.ts';
import type { FuzzOptions } from './options.ts';
import { configId, interfaces } from './site.ts';
import { tableText } from './table-text.ts';
import { languageWords } from './values.ts';

export interface ByteFindings {
  readonly cases: number;
  /** All inputs together. */
  readonly bytes: number;
  /** How often each exit status came out. */
  readonly statuses: ReadonlyMap<number, number>;
  /** What was thrown, what took too long, what is no status: each with the number of its input. */
  readonly faults: readonly string[];
  readonly slowest: { readonly milliseconds: number; readonly number: number };
}

const path = '/etc/keepalived/keepalived.conf';
/** Milliseconds of the processor: what else runs on the machine does not count. An input has some hundred bytes. */
const patience = 1000;
const known: ReadonlySet<number> = new Set([0, 2, 4, 5, 6]);
const mostFaults = 20;
const stride = 1_000_003;

/** Feeds our parser small random inputs: whatever comes, it answers, and soon. */
export function fuzzBytes({ cases, seed, seconds }: FuzzOptions): ByteFindings {
  const pieces = smallPieces();
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  const end = performance.now() + seconds * 1000;
  let [number, bytes] = [0, 0];
  let slowest = { milliseconds: 0, number: 0 };
  for (; number < cases && faults.length < mostFaults && performance.now() < end; number++) {
    const input = randomInput(seededRandom(seed * stride + number), pieces);
    bytes += input.length;
    const before = process.cpuUsage();
    const status = statusOf(input);
    const { user, system } = process.cpuUsage(before);
    const milliseconds = (user + system) / 1000;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, number };
    if (typeof status === 'string') faults.push(`${number}: ${status}`);
    else statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (milliseconds > patience) faults.push(`${number}: took ${milliseconds.toFixed(0)} ms`);
  }
  return { cases: number, bytes, statuses, faults, slowest };
}

/** @returns a sentence where something is wrong */
function statusOf(input: Uint8Array): number | string {
  try {
    const files = memoryFiles({ [path]: input, '/etc/keepalived/a': '} {\n' });
    const { diagnostics } = parseConfig({ path, configId, files, interfaces });
    const status = exitCodeOf(diagnostics);
    const misplaced = diagnostics.find(({ line, column }) => line < 0 || column < 1);
    if (misplaced !== undefined) return `${misplaced.code} stands nowhere`;
    return known.has(status) ? status : `the status ${status}`;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Random bytes, random words of the language, and configurations cut short and changed. */
export function randomInput(random: Random, pieces: readonly string[]): Uint8Array {
  const kind = random.fraction();
  if (kind < 0.35) return randomBytes(random);
  if (kind < 0.75) return Buffer.from(randomWords(random), 'latin1');
  let subject = { text: random.chance(0.1) ? tableText(random) : random.pick(pieces), others: {} };
  for (let round = random.whole(0, 4); round > 0; round--)
    subject = { ...random.pick(mutations)(subject, random, () => random.pick(pieces)), others: {} };
  return Buffer.from(subject.text, 'latin1');
}

function randomBytes(random: Random): Uint8Array {
  const most = random.pick([255, 127]);
  return Uint8Array.from({ length: random.whole(0, 80) }, () => random.whole(0, most));
}

const separators = [' ', ' ', ' ', '\n', '\n', '', '\t', '\r\n', ' {\n', '\n}\n'] as const;

const randomWords = (random: Random): string =>
  Array.from(
    { length: random.whole(1, 24) },
    () => random.pick(languageWords) + random.pick(separators),
  ).join('');

/** A few lines each, so that an input stays small. */
function smallPieces(): readonly string[] {
  return Object.values(baseCases()).flatMap((cases) =>
    cases.flatMap(({ text }) => {
      const lines = text.split('\n');
      const parts = Array.from({ length: Math.ceil(lines.length / 8) }, (_, part) =>
        lines.slice(part * 8, part * 8 + 8).join('\n'),
      );
      return parts.filter((part) => part.trim() !== '').slice(0, 6);
    }),
  );
}
