import { createInterface } from 'node:readline';
import { helperProgram } from '../../../lab-support/helper-program.ts';
import type { Network } from '../../../lab-support/network.ts';
import { eventually } from '../../../lab-support/until.ts';
import { StoryError } from '../../step.ts';
import { poolPort } from '../cast.ts';

/** A piece comes five times a second. */
const piecesLeast = 3;

/** A download that goes on. */
export interface HeldConnection {
  /** Whether more of it came since, a moment of CLOCK_MONOTONIC in microseconds at least a second ago. */
  readonly goesOn: (since: number) => boolean;
}

/** Has the client open a download from `server` at a virtual address. Resolves when it has begun. @throws StoryError */
export async function holdConnection(
  network: Network,
  address: string,
  server: string,
): Promise<HeldConnection> {
  const pieces: number[] = [];
  let complaint = '';
  const child = network.start('client', helperProgram('hold', address, String(poolPort), server), {
    stdin: 'pipe',
  });
  child.stderr?.on('data', (chunk) => {
    complaint += String(chunk);
  });
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => pieces.push(Number(line)));
  }
  if ((await eventually(15_000, () => pieces.length > 0)) === undefined) {
    throw new StoryError(`no download from ${server} began ${complaint.trim()}`);
  }
  return { goesOn: (since) => pieces.filter((at) => at >= since).length > piecesLeast };
}
