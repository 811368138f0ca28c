import { LabError } from './lab-error.ts';

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Waits until `answer` returns something else than undefined or false, looking every 5 ms.
 * @param what a sentence for the error; a function where it is only known then
 * @param timeout milliseconds
 * @throws LabError naming `what` when it has not happened in time
 */
export async function until<T>(
  what: string | (() => string),
  timeout: number,
  answer: () => T | undefined | false,
): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const value = answer();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > end) {
      throw new LabError(`not seen within ${timeout} ms: ${typeof what === 'string' ? what : what()}`);
    }
    await pause(5);
  }
}

/** As `until`, but a time-out is an answer: undefined. */
export async function eventually<T>(
  timeout: number,
  answer: () => T | undefined | false,
): Promise<T | undefined> {
  try {
    return await until('', timeout, answer);
  } catch (error) {
    if (error instanceof LabError) return undefined;
    throw error;
  }
}
