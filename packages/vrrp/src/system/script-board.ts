import type { VrrpInstance, VrrpScript } from '@holdfast/config';
import type { DeadlineHeap, Micros } from '@holdfast/kit';
import type { ToVrrp } from '../ipc.ts';
import {
  initialScript,
  isSameScript,
  type ScriptEvent,
  type ScriptState,
  type ScriptVerdict,
  scriptStep,
} from '../logic/script.ts';
import type { SavedScript } from '../logic/types.ts';
import type { Outbox } from './outbox.ts';

type ScriptFinished = Extract<ToVrrp, { kind: 'script-finished' }>;

/** All `vrrp_script`s that some instance tracks. Core runs them; here their results are counted. */
export interface ScriptBoard {
  /** Takes a configuration over: the same scripts go on, new ones start, others are forgotten. */
  configure(
    scripts: readonly VrrpScript[],
    instances: readonly VrrpInstance[],
    saved: readonly SavedScript[],
    now: Micros,
  ): void;
  /** The outcome of a run; one that belongs to a program of an earlier configuration counts for nothing. */
  finished(message: ScriptFinished, now: Micros): void;
  deadline(name: string, now: Micros): void;
  verdict(name: string): ScriptVerdict;
  readonly saved: readonly SavedScript[];
  readonly all: readonly { readonly config: VrrpScript; readonly state: ScriptState }[];
}

/** @param onVerdict a script counts differently from now on */
export function openScriptBoard(
  outbox: Outbox,
  deadlines: DeadlineHeap<string>,
  onVerdict: () => void,
): ScriptBoard {
  const board = new Map<string, { readonly config: VrrpScript; readonly state: ScriptState }>();

  /** The latest run of each: only its outcome is waited for. */
  const runs = new Map<string, number>();
  let lastRun = 0;

  const play = (config: VrrpScript, before: ScriptState, event: ScriptEvent, now: Micros): void => {
    const { state, effects } = scriptStep(config, before, event, now);
    board.set(config.name, { config, state });
    deadlines.set(scriptKey(config.name), state.runAt);
    for (const effect of effects) {
      if (effect.kind === 'log') outbox.log(effect.record, now);
      else {
        const { name, command, timeout } = config;
        runs.set(name, ++lastRun);
        outbox.fact({ kind: 'run-script', script: name, run: lastRun, command, timeout });
      }
    }
    if (state.verdict !== before.verdict) onVerdict();
  };

  return {
    configure(scripts, instances, saved, now) {
      const tracked = new Set(instances.flatMap(({ trackScripts }) => trackScripts.map(({ name }) => name)));
      const wanted = scripts.filter(({ name }) => tracked.has(name));
      for (const name of [...board.keys()].filter((known) => !wanted.some((w) => w.name === known))) {
        board.delete(name);
        runs.delete(name);
        deadlines.set(scriptKey(name), undefined);
      }
      for (const config of wanted) {
        const known = board.get(config.name);
        if (known !== undefined && isSameScript(known.config, config)) {
          play(config, known.state, { kind: 'reload', previous: known.config }, now);
        } else {
          const memory = saved.find(({ name }) => name === config.name);
          play(config, initialScript, { kind: 'start', saved: memory }, now);
        }
      }
    },
    finished({ script: name, run, outcome }, now) {
      const script = board.get(name);
      if (script !== undefined && runs.get(name) === run)
        play(script.config, script.state, { kind: 'finished', outcome }, now);
    },
    deadline(name, now) {
      const script = board.get(name);
      if (script !== undefined) play(script.config, script.state, { kind: 'deadline' }, now);
    },
    verdict: (name) => board.get(name)?.state.verdict ?? 'undecided',
    get saved() {
      return [...board.values()].flatMap(({ config: { name }, state: { verdict, streak } }) =>
        verdict === 'undecided' ? [] : [{ name, verdict, streak }],
      );
    },
    get all() {
      return [...board.values()];
    },
  };
}

export const scriptKey = (name: string): string => `script ${name}`;
