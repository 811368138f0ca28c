import { existsSync } from 'node:fs';
import type { Addon } from '@holdfast/native';

const customaryPidFile = '/run/keepalived.pid';
/** What the vrrp worker has by default: while nobody sends adverts, this process is as urgent. */
const priority = 50;

/**
 * Takes the processor before others where a daemon before has stopped for a restart: a busy machine would let the time
 * for going on pass. Only for the main thread, and processes that are forked do not inherit it.
 * @param words of the command line; it is not parsed yet
 * @returns whether there is reason to
 */
export function hurryAfterRestart(addon: Pick<Addon, 'setRealtime'>, words: readonly string[]): boolean {
  const isAwaited = existsSync(`${pidFileIn(words)}.restart`);
  if (isAwaited) schedule(addon, priority);
  return isAwaited;
}

/** The workers have taken over what was left: core is as urgent as any process. */
export const endHurry = (addon: Pick<Addon, 'setRealtime'>): void => schedule(addon, 0);

/** The pid file that -p names; in a word with other switches it is not looked for, that is only slower. */
export function pidFileIn(words: readonly string[]): string {
  const at = words.findLastIndex((word) => /^(?:-p|--pid(?:=|$))/.test(word));
  const word = words[at] ?? '';
  if (word === '-p' || word === '--pid') return words[at + 1] ?? customaryPidFile;
  return word.replace(/^(?:-p|--pid=)/, '') || customaryPidFile;
}

function schedule(addon: Pick<Addon, 'setRealtime'>, wanted: number): void {
  try {
    addon.setRealtime(wanted);
  } catch {
    // Without the right to it the start takes as long as it takes.
  }
}
