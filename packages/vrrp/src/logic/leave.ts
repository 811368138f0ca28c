import { heldAddresses } from './addresses.ts';
import { sayGoodbye } from './advertise.ts';
import { messages } from './messages.ts';
import { inOrder, type Part, unchanged } from './outcome.ts';

/**
 * Leaves whatever phase it is; only a master has something to give back. Until it enters the next one it is in none.
 * @param goodbye whether a master says priority 0: not to a router that has just won the election
 */
export const leave =
  (goodbye: 'priority-0' | 'silent'): Part =>
  (context, state) => {
    if (state.phase.kind !== 'master') return unchanged(state);
    return goodbye === 'priority-0' ? inOrder(context, state, sayGoodbye, release) : release(context, state);
  };

/** Addresses that may be there without our being master: left over by an earlier run, or by a predecessor. */
export const removeLeftOvers: Part = ({ config }, state) => ({
  state,
  effects: [{ kind: 'remove-addresses', addresses: heldAddresses(config) }],
});

const release: Part = ({ config }, state) => ({
  state: {
    ...state,
    counters: { ...state.counters, releasedMaster: state.counters.releasedMaster + 1 },
    phase: { kind: 'init', waitsFor: 'nothing' },
  },
  effects: [
    { kind: 'remove-addresses', addresses: heldAddresses(config) },
    { kind: 'log', record: messages.addressesRemoved(config.name) },
  ],
});
