import { plus } from '@holdfast/kit';
import { messages } from './messages.ts';
import type { Context, Outcome, Part } from './outcome.ts';
import { effectivePriority } from './priority.ts';
import type { InstanceState } from './types.ts';

/** One advert with the priority that counts now. It is remembered when, for the case that this worker dies. */
export const advertise: Part = ({ config, now }, state) => ({
  state: {
    ...state,
    lastAdvertAt: now,
    counters: { ...state.counters, advertsSent: state.counters.advertsSent + 1 },
  },
  effects: [{ kind: 'send-advert', priority: effectivePriority(config, state) }],
});

/** An advert at once, and the next one a whole interval later (RFC 9568 §6.4.3). For masters. */
export function advertiseNow(context: Context, state: InstanceState): Outcome {
  const sent = advertise(context, state);
  if (sent.state.phase.kind !== 'master') return sent;
  const advertAt = plus(context.now, context.config.advertInterval);
  return { ...sent, state: { ...sent.state, phase: { ...sent.state.phase, advertAt } } };
}

/** Priority 0: this master leaves, the backups need not wait for their timers (RFC 9568 §6.4.3). */
export const sayGoodbye: Part = ({ config }, state) => ({
  state: {
    ...state,
    counters: {
      ...state.counters,
      advertsSent: state.counters.advertsSent + 1,
      priorityZeroSent: state.counters.priorityZeroSent + 1,
    },
  },
  effects: [
    { kind: 'send-advert', priority: 0 },
    { kind: 'log', record: messages.priorityZeroSent(config.name) },
  ],
});
