declare const unit: unique symbol;

/** A whole number of microseconds: a duration, or a point on the monotonic clock. */
export type Micros = number & { readonly [unit]: 'Micros' };

/** A point on, or a length of, the monotonic clock. @param n whole microseconds; fractions are rounded */
export const micros = (n: number): Micros => Math.round(n) as Micros;
/** @param n milliseconds */
export const millis = (n: number): Micros => micros(n * 1e3);
/** @param n seconds */
export const seconds = (n: number): Micros => micros(n * 1e6);
/** @param n hundredths of a second, the unit of VRRPv3 on the wire (RFC 9568 §5.2.7) */
export const centiseconds = (n: number): Micros => micros(n * 1e4);

export const toSeconds = (t: Micros): number => t / 1e6;
export const toMillis = (t: Micros): number => t / 1e3;

/** Sum of points and lengths, staying in microseconds. */
export const plus = (a: Micros, b: Micros): Micros => (a + b) as Micros;
export const minus = (a: Micros, b: Micros): Micros => (a - b) as Micros;
export const times = (a: Micros, factor: number): Micros => micros(a * factor);
/** The later of two points, or the longer of two lengths. */
export const later = (a: Micros, b: Micros): Micros => Math.max(a, b) as Micros;
/** The earlier of two points, or the shorter of two lengths. */
export const earlier = (a: Micros, b: Micros): Micros => Math.min(a, b) as Micros;
