import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Checker } from '@holdfast/config';
import { millis } from '@holdfast/kit';
import type { CheckResult } from '../../src/logic/types.ts';
import { startCheck } from '../../src/system/start-check.ts';
import { pace, realServer, virtualServer } from '../logic/virtual-servers.ts';
import { httpChecker, target, url } from '../support/checker.ts';
import { behaviours, digest } from './behaviours.ts';

/**
 * A program: `soak.mjs PORTS CHECKS AT_ONCE`. Checks every hostile peer in turn, and says as JSON what came of it: wrong
 * verdicts, the longest checks and how long this process was held up, descriptors before and after, and memory along the way.
 */
const ports: Readonly<Record<string, number>> = JSON.parse(process.argv[2] ?? '{}');
const [checks, atOnce] = [Number(process.argv[3]), Number(process.argv[4])];
/** Milliseconds. Who answers is waited for: the machine may be busy. */
const [short, long] = [120, 10_000];
const names = Object.keys(behaviours);
const wrong = new Map<string, CheckResult>();
const longest = new Map<string, number>();
const memory: { readonly checks: number; readonly heap: number; readonly rss: number }[] = [];

await Promise.all(names.map((name, i) => check(name, i)));
const before = await rest();
let begun = 0;
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const started = performance.now();
await Promise.all(Array.from({ length: atOnce }, lane));
const seconds = (performance.now() - started) / 1000;
const after = await rest();
process.stdout.write(
  `${JSON.stringify({
    checks: begun,
    seconds: Math.round(seconds),
    longestDelay: Math.round(delay.max / 1e6),
    wrong: Object.fromEntries(wrong),
    longest: Object.fromEntries([...longest].toSorted(([, a], [, b]) => b - a).slice(0, 5)),
    descriptors: { before: before.descriptors, after: after.descriptors },
    resources: { before: before.resources, after: after.resources },
    memory,
  })}\n`,
);

async function lane(): Promise<void> {
  while (begun < checks) {
    const number = begun++;
    if (number % Math.ceil(checks / 10) === 0) remember(number);
    await check(names[number % names.length] ?? '', number);
  }
}

async function check(name: string, run: number): Promise<void> {
  const began = performance.now();
  const result = await resultOf(name, run);
  longest.set(name, Math.max(longest.get(name) ?? 0, Math.round(performance.now() - began)));
  const verdict = behaviours[name]?.verdict;
  if (verdict !== 'either' && result.kind !== verdict) wrong.set(name, result);
}

function resultOf(name: string, run: number): Promise<CheckResult> {
  const { check: kind = 'TCP_CHECK', verdict } = behaviours[name] ?? {};
  const length = verdict === 'failure' ? short : long;
  const patient = target(ports[name] ?? 0, { connectTimeout: millis(length) });
  const own = { ...pace, delayLoop: millis(2 * length) };
  const what: Checker =
    kind === 'TCP_CHECK'
      ? { kind, target: patient, pace: own }
      : { ...httpChecker(0, { kind, target: patient, urls: [url({ digest })] }), pace: own };
  const of = virtualServer({ realServers: [realServer(1, { checkers: [what] })] });
  return new Promise((resolve, reject) => {
    let isOver = false;
    startCheck({ kind: 'check', run, server: 0, checker: 0, what, url: 0 }, of, (result) => {
      if (isOver) reject(new TypeError(`${name} ended twice`));
      isOver = true;
      resolve(result);
    });
  });
}

/** What is left when nothing is under way. */
async function rest(): Promise<{ readonly descriptors: number; readonly resources: readonly string[] }> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  remember(begun);
  return { descriptors: readdirSync('/proc/self/fd').length, resources: process.getActiveResourcesInfo() };
}

function remember(count: number): void {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  memory.push({ checks: count, heap: Math.round(heapUsed / 1024), rss: Math.round(rss / 1024) });
}
