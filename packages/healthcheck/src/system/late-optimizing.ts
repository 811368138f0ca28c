import { setFlagsFromString } from 'node:v8';

/**
 * Turns the optimizing compiler off for the time in which the first table is made: what makes it runs once and is hot
 * only meanwhile. Where there is one processor the compiler takes its time away: a third of it for ten thousand real
 * servers. Switched here and not by an argument of the process, which would last.
 * @returns turns it on, once
 */
export function optimizeLater(): () => void {
  let isOff = true;
  setFlagsFromString('--no-opt');
  return () => {
    if (isOff) setFlagsFromString('--opt');
    isOff = false;
  };
}
