export * from './address.ts';
export * from './bytes.ts';
export * from './clock.ts';
export * from './deadline-heap.ts';
export * from './random.ts';
export * from './result.ts';
export * from './units.ts';
export * from './unreachable.ts';
