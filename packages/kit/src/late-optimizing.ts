import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/**
 * Where there is one processor: turns the optimizing compiler off for the time of a start. What makes the first table
 * runs once and is hot only meanwhile, and the compiler would take its time away: a third of it for ten thousand real
 * servers. Where there are more, it works beside. Switched here and not by an argument of the process, which would last.
 * @returns turns it on, once
 */
export function optimizeLater(): () => void {
  let isOff = availableParallelism() === 1;
  if (isOff) setFlagsFromString('--no-opt');
  return () => {
    if (isOff) setFlagsFromString('--opt');
    isOff = false;
  };
}
