// Shows what is being done and for how long: one line a step.

const live = process.stdout.isTTY === true;

/** Writes a line below the current step. */
export const note = (text) => process.stdout.write(`  ${text}\n`);

/**
 * Carries out one step of the set-up.
 * @param {string} title what is being done
 * @param {() => Promise<string | undefined> | string | undefined} work resolves with a word on how it went;
 *   'already there' and the like when there was nothing to do
 */
export async function step(title, work) {
  const began = performance.now();
  if (live) process.stdout.write(`· ${title} ...`);
  try {
    const outcome = (await work()) ?? 'done';
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${live ? '\r\u001b[K' : ''}✓ ${title}: ${outcome} (${seconds} s)\n`);
  } catch (error) {
    process.stdout.write(`${live ? '\r\u001b[K' : ''}✗ ${title}\n`);
    throw error;
  }
}

/** Set-up cannot go on; the message says what to do. */
export class SetupError extends Error {
  name = 'SetupError';
}
