import { fail, ok, type Result } from '@holdfast/kit';
import { netlinkFailure } from '../failure.ts';
import { asWords } from '../route/words.ts';
import type { AddressRequest, NetlinkFailure } from '../types.ts';
import { addAddress, deleteAddress, type FakeKernel } from './kernel.ts';

export interface Gatekeeper {
  refuseWith(errno: number): void;
  listed<T>(words: string, list: () => readonly T[]): Result<readonly T[], NetlinkFailure>;
  changed(verb: 'add' | 'delete', kernel: FakeKernel, request: AddressRequest): Result<void, NetlinkFailure>;
}

/** Requests pass through here, and are refused where the test says so. */
export function gatekeeper(): Gatekeeper {
  const verbs = {
    add: { perform: addAddress, harmless: 17 },
    delete: { perform: deleteAddress, harmless: 99 },
  } as const;
  let refusal = 0;
  return {
    refuseWith: (errno) => {
      refusal = errno;
    },
    listed: (words, list) =>
      refusal === 0 ? ok(list()) : fail(netlinkFailure(words, { errno: refusal, text: '' })),
    changed: (verb, kernel, request) => {
      const { perform, harmless } = verbs[verb];
      const answer = refusal === 0 ? perform(kernel, request) : { errno: refusal, text: '' };
      if (answer.errno === 0 || answer.errno === harmless) return ok(undefined);
      return fail(netlinkFailure(asWords(verb, request), answer));
    },
  };
}
