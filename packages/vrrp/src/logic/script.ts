import type { VrrpScript } from '@holdfast/config';
import { type Micros, plus, unreachable } from '@holdfast/kit';
import type { ScriptOutcome } from '../ipc.ts';
import { messages } from './messages.ts';
import type { SavedScript, VrrpLogRecord } from './types.ts';

/** One `vrrp_script`: what its runs have come to, and when it runs next. */
export interface ScriptState {
  readonly verdict: ScriptVerdict;
  /** Results in a row that speak against the verdict. */
  readonly streak: number;
  readonly running: boolean;
  /** `undefined`: not started, or stopped. */
  readonly runAt: Micros | undefined;
  /** How the last run ended, in words; a change is logged. */
  readonly lastResult: string | undefined;
}

/** Undecided until the first result. */
export type ScriptVerdict = 'undecided' | 'good' | 'bad';

export type ScriptEvent =
  | { readonly kind: 'start'; readonly saved: SavedScript | undefined }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'finished'; readonly outcome: ScriptOutcome }
  | { readonly kind: 'reload'; readonly previous: VrrpScript };

export type ScriptEffect =
  | { readonly kind: 'run-script' }
  | { readonly kind: 'log'; readonly record: VrrpLogRecord };

export interface ScriptStep {
  readonly state: ScriptState;
  readonly effects: readonly ScriptEffect[];
}

export const initialScript: ScriptState = {
  verdict: 'undecided',
  streak: 0,
  running: false,
  runAt: undefined,
  lastResult: undefined,
};

/**
 * keepalived.conf(5) `vrrp_script`: it runs at once and then every `interval`, whatever the runs take; a run that is
 * still going is skipped. `rise` successes or `fall` failures in a row turn the verdict; the very first result
 * decides alone, except with `init_fail`, where the script counts as bad until it has risen.
 */
export function scriptStep(
  config: VrrpScript,
  state: ScriptState,
  event: ScriptEvent,
  now: Micros,
): ScriptStep {
  switch (event.kind) {
    case 'start':
      return run(config, { ...state, ...firstVerdict(config, event.saved) }, now);
    case 'deadline':
      return state.runAt === undefined || now < state.runAt ? nothing(state) : run(config, state, now);
    case 'finished':
      return finished(config, state, event.outcome);
    case 'reload':
      return reloaded(config, state, event.previous, now);
    default:
      return unreachable(event);
  }
}

/** What a reload may carry over: the same program, run by the same user. Its pace and thresholds may differ. */
export function isSameScript(a: VrrpScript, b: VrrpScript): boolean {
  return a.name === b.name && JSON.stringify(a.command) === JSON.stringify(b.command);
}

const nothing = (state: ScriptState): ScriptStep => ({ state, effects: [] });

function firstVerdict(
  { initFail }: VrrpScript,
  saved: SavedScript | undefined,
): Pick<ScriptState, 'verdict' | 'streak'> {
  if (saved !== undefined) return { verdict: saved.verdict, streak: saved.streak };
  return { verdict: initFail ? 'bad' : 'undecided', streak: 0 };
}

function run(config: VrrpScript, state: ScriptState, now: Micros): ScriptStep {
  const runAt = nextRun(config, state, now);
  if (state.running) {
    const record = messages.scriptStillRunning(config.name);
    return { state: { ...state, runAt }, effects: [{ kind: 'log', record }] };
  }
  return { state: { ...state, running: true, runAt }, effects: [{ kind: 'run-script' }] };
}

/** The cadence is kept; what a stall has cost is not caught up with. */
function nextRun({ interval }: VrrpScript, { runAt }: ScriptState, now: Micros): Micros {
  const next = plus(runAt ?? now, interval);
  return next > now ? next : plus(now, interval);
}

function finished(config: VrrpScript, before: ScriptState, outcome: ScriptOutcome): ScriptStep {
  const result = resultText(outcome);
  const good = outcome.kind === 'exited' && outcome.status === 0;
  const state = { ...judge(config, before, good), running: false, lastResult: result };
  const effects: ScriptEffect[] = [];
  if (outcome.kind === 'exited' && result !== before.lastResult) {
    effects.push({ kind: 'log', record: messages.scriptReturns(config.name, outcome.status) });
  }
  if (state.verdict !== before.verdict) {
    effects.push({ kind: 'log', record: messages.scriptVerdict(config.name, good, result) });
  }
  return { state, effects };
}

function judge({ rise, fall }: VrrpScript, state: ScriptState, good: boolean): ScriptState {
  const result: ScriptVerdict = good ? 'good' : 'bad';
  if (state.verdict === result) return { ...state, streak: 0 };
  const streak = state.streak + 1;
  const needed = state.verdict === 'undecided' ? 1 : good ? rise : fall;
  return streak >= needed ? { ...state, verdict: result, streak: 0 } : { ...state, streak };
}

/** Result and progress stay, clipped to the new thresholds; the next run is no later than the new interval allows. */
function reloaded(config: VrrpScript, state: ScriptState, previous: VrrpScript, now: Micros): ScriptStep {
  const threshold = state.verdict === 'bad' ? config.rise : config.fall;
  const streak = Math.min(state.streak, threshold - 1);
  const latest = plus(now, config.interval);
  const runAt =
    config.interval !== previous.interval && (state.runAt ?? latest) > latest ? latest : state.runAt;
  const verdict = state.verdict;
  return {
    state: { ...state, streak, runAt },
    effects:
      verdict === 'undecided'
        ? []
        : [{ kind: 'log', record: messages.scriptCarriedOver(config.name, verdict === 'good') }],
  };
}

function resultText(outcome: ScriptOutcome): string {
  switch (outcome.kind) {
    case 'exited':
      return `exited with status ${outcome.status}`;
    case 'killed':
      return `killed by signal ${outcome.signal}`;
    case 'timed-out':
      return 'timed out';
    case 'not-started':
      return `could not be started: ${outcome.reason}`;
    default:
      return unreachable(outcome);
  }
}
