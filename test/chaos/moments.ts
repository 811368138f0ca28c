import { startUp } from './bounds.ts';
import type { Course, Happening } from './happening.ts';
import { afterwards, type RouterView, unknownRouter } from './router-view.ts';

/** A span in which nothing happens; it may be of no length. */
export interface Moment {
  readonly from: number;
  readonly to: number;
  /** What began it; undefined where only a time limit ran out. */
  readonly cause: Happening | undefined;
  readonly views: ReadonlyMap<string, RouterView>;
}

/** Cuts a course into moments. */
export function momentsOf({ happenings, end }: Course): readonly Moment[] {
  const limits = happenings.flatMap(({ kind, at }) => (kind === 'started' ? [at + startUp] : []));
  const cuts: readonly { readonly at: number; readonly cause: Happening | undefined }[] = [
    ...happenings.map((cause) => ({ at: cause.at, cause })),
    ...limits.map((at) => ({ at, cause: undefined })),
  ].toSorted((a, b) => a.at - b.at);
  const views = new Map<string, RouterView>();
  return cuts.map(({ at, cause }, index) => {
    if (cause !== undefined) {
      views.set(cause.router, afterwards(views.get(cause.router) ?? unknownRouter, cause));
    }
    return { from: at, to: Math.max(at, cuts[index + 1]?.at ?? end), cause, views: new Map(views) };
  });
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export const lengthOf = ({ from, to }: Span): number => to - from;

/** The longest spans throughout which something holds. */
export function spansWhere(moments: readonly Moment[], holds: (moment: Moment) => boolean): readonly Span[] {
  const spans: Span[] = [];
  let from: number | undefined;
  for (const moment of moments) {
    const now = holds(moment);
    if (now) from ??= moment.from;
    else if (from !== undefined) {
      spans.push({ from, to: moment.from });
      from = undefined;
    }
  }
  const last = moments.at(-1);
  if (from !== undefined && last !== undefined) spans.push({ from, to: last.to });
  return spans;
}

export const owners = ({ views }: Moment): readonly string[] =>
  [...views].filter(([, view]) => view.holds).map(([router]) => router);
