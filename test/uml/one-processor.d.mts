/** A command line that keeps what it starts on one of the processors that are allowed here. */
export function onOneProcessor(command: readonly string[]): string[];
/** The numbers in a list of processors as the kernel writes it. */
export function processorsIn(list: string): number[];
/** The processor of those allowed that the fewest guests have taken; the turn says which of several equal ones. */
export function fewestGuests(
  allowed: readonly number[],
  taken: readonly number[],
  turn: number,
): number | undefined;
