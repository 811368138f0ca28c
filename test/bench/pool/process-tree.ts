import { readFileSync } from 'node:fs';
import { descendants } from '../../lab-support/processes.ts';

/** Clock ticks of /proc in a second: USER_HZ, the same on every machine that Node runs on. */
const ticksPerSecond = 100;

/** Seconds of processor time that a process and its descendants have used. */
export const processorSeconds = (pid: number): number => sumOver(pid, secondsOf);

/** PSS of a process and its descendants, in KiB. */
export const memoryOf = (pid: number): number => sumOver(pid, pssOf);

const sumOver = (pid: number, of: (pid: number) => number): number =>
  descendants(pid).reduce((sum, each) => sum + of(each), 0);

/** 0 for a process that has ended meanwhile. */
function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function secondsOf(pid: number): number {
  const stat = readProc(`/proc/${pid}/stat`);
  // The name in parentheses may contain blanks; utime and stime are the 14th and 15th field: proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
}

const pssOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
