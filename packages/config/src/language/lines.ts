import type { Line } from './line.ts';
import { type Shape, shapes, type TakeLine } from './physical-lines.ts';

/**
 * The lines of a configuration. Most are kept as their place in the text of their file and become objects when they are
 * asked for, each time anew: a file may have hundreds of thousands.
 */
export interface Lines extends Iterable<Line> {
  readonly length: number;
  /** @throws RangeError where there is none */
  at(index: number): Line;
  /** What each line looks like; `special`: it was made of something else, or has to be looked at as a whole. */
  readonly shapes: Uint8Array;
  /** The lines from `first` up to `end` as one text: where two texts are the same, so are the lines. */
  textOf(first: number, end: number): string;
}

/** A part of the lines: from `first` up to `end`. */
export interface LineRange {
  readonly lines: Lines;
  readonly first: number;
  readonly end: number;
}

export const allOf = (lines: Lines): LineRange => ({ lines, first: 0, end: lines.length });

/** Lines in the making. */
export interface LineStore extends Lines {
  /** A line that stands in a file as it is read. */
  addPlace(file: FileText, ...place: Parameters<TakeLine>): void;
  addMade(line: Line): void;
}

export interface FileText {
  readonly path: string;
  readonly text: string;
}

export function createLines(): LineStore {
  /** Which file the lines from `first` on come from. */
  const parts: Part[] = [];
  let current: FileText | undefined;
  const made = new Map<number, Line>();
  let starts = new Int32Array(0);
  let ends = new Int32Array(0);
  let numbers = new Int32Array(0);
  let kinds = new Uint8Array(0);
  let length = 0;

  const grow = (size: number): void => {
    starts = copied(starts, new Int32Array(size));
    ends = copied(ends, new Int32Array(size));
    numbers = copied(numbers, new Int32Array(size));
    kinds = copied(kinds, new Uint8Array(size));
  };
  const add = (start: number, end: number, number: number, shape: Shape): void => {
    if (length === kinds.length) grow(Math.max(1024, length * 2));
    starts[length] = start;
    ends[length] = end;
    numbers[length] = number;
    kinds[length] = shape;
    length++;
  };
  const at = (index: number): Line => {
    const known = made.get(index);
    if (known !== undefined) return known;
    const file = parts[partOf(parts, index)]?.file;
    if (file === undefined || index >= length) throw new RangeError(`there is no line ${index}`);
    const raw = file.text.slice(starts[index], ends[index]);
    return { text: raw, origin: { file: file.path, line: numbers[index] ?? 0, raw }, openQuote: false };
  };
  const isOnePiece = (first: number, end: number): boolean => {
    for (let index = first; index < end; index++) if (kinds[index] === shapes.special) return false;
    return partOf(parts, first) === partOf(parts, end - 1);
  };
  return {
    get length() {
      return length;
    },
    at,
    get shapes() {
      return kinds;
    },
    textOf(first, end) {
      const file = parts[partOf(parts, first)]?.file;
      if (file !== undefined && isOnePiece(first, end)) return file.text.slice(starts[first], ends[end - 1]);
      return Array.from({ length: end - first }, (_, i) => at(first + i).text).join('\n');
    },
    addPlace(file, start, end, number, shape) {
      if (file !== current) {
        current = file;
        parts.push({ first: length, file });
        // As many lines as it may have: what is not used of it costs nothing.
        const most = length + (file.text.length >> 3);
        if (most > kinds.length) grow(Math.max(most, kinds.length * 2));
      }
      add(start, end, number, shape);
    },
    addMade(line) {
      made.set(length, line);
      add(0, 0, 0, shapes.special);
    },
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index++) yield at(index);
    },
  };
}

interface Part {
  readonly first: number;
  readonly file: FileText;
}

/** The last part that begins at or before the line. */
function partOf(parts: readonly Part[], index: number): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((parts[middle]?.first ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

function copied<T extends Int32Array | Uint8Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
