import { afterCore, handover, late, underWay } from './bounds.ts';
import type { Course, Happening, Pace, Violation } from './happening.ts';
import { lengthOf, type Moment, momentsOf, owners, spansWhere } from './moments.ts';
import { isDead } from './router-view.ts';

/** Everything in the course of a round that must not be, in the order of time. */
export function judge(course: Course): readonly Violation[] {
  const moments = momentsOf(course);
  return [
    ...twoOwners(moments),
    ...noOwner(moments, course.pace),
    ...harmlessKills(moments, course),
    ...coreDeaths(moments),
    ...course.happenings.flatMap(oddity),
  ].toSorted((a, b) => a.at - b.at);
}

/** Never two owners, unless one of them is a router of which everything was killed. */
function twoOwners(moments: readonly Moment[]): readonly Violation[] {
  const both = spansWhere(
    moments,
    (moment) =>
      owners(moment).length > 1 && ![...moment.views.values()].some((view) => isDead(view, moment.from)),
  );
  return both
    .filter((span) => lengthOf(span) > handover)
    .map((span) => ({
      at: span.from,
      what: `two routers had the address for ${milliseconds(lengthOf(span))}`,
    }));
}

/**
 * Never none when a healthy router exists: whoever has listened for its whole Master_Down_Interval while nobody had the
 * address must have taken it.
 */
function noOwner(moments: readonly Moment[], pace: Pace): readonly Violation[] {
  const routers = [...(moments.at(-1)?.views.keys() ?? [])];
  return routers.flatMap((router) => {
    const idle = spansWhere(
      moments,
      (moment) => owners(moment).length === 0 && moment.views.get(router)?.healthy === true,
    );
    return idle
      .filter((span) => lengthOf(span) > pace.masterDownInterval(router) + late)
      .map((span) => ({
        at: span.from,
        what: `nobody had the address for ${milliseconds(lengthOf(span))} although ${router} was listening`,
      }));
  });
}

/** Kills that may cost nothing: nothing was amiss before, and who goes on has everything that is needed. */
function harmlessKills(moments: readonly Moment[], course: Course): readonly Violation[] {
  const kills = course.happenings.filter(({ kind }) => kind === 'killed');
  return kills.flatMap((kill, index) => {
    const before = momentBefore(moments, kill);
    if (before === undefined || !isHarmless(before, kill) || !wasQuiet(course, kill)) return [];
    const next = kills[index + 1]?.at ?? course.end;
    const to = Math.min(next, kill.at + course.pace.masterDownInterval(kill.router) + late);
    const moved = course.happenings.find(
      ({ at, kind }) => at > kill.at && at < to && (kind === 'added' || kind === 'removed'),
    );
    const lost = course.lost.filter((at) => at > kill.at - underWay && at < to - underWay).length;
    const whose = `the ${roleOf(kill)} of ${kill.router}`;
    return [
      ...(moved === undefined
        ? []
        : [
            {
              at: kill.at,
              what: `killing ${whose} moved the address (${moved.kind} on ${moved.router} after ${milliseconds(moved.at - kill.at)})`,
            },
          ]),
      ...(lost === 0 ? [] : [{ at: kill.at, what: `killing ${whose} cost the client ${lost} requests` }]),
    ];
  });
}

const roleOf = (kill: Happening): string => (kill.kind === 'killed' ? kill.role : kill.kind);

/** The moment that ends with the kill. */
const momentBefore = (moments: readonly Moment[], kill: Happening): Moment | undefined =>
  moments[moments.findIndex(({ cause }) => cause === kill) - 1];

function isHarmless(before: Moment, kill: Happening): boolean {
  const views = [...before.views.values()];
  if (kill.kind !== 'killed' || owners(before).length !== 1 || !views.every(({ healthy }) => healthy))
    return false;
  const isOwner = owners(before).includes(kill.router);
  // Of a daemon's workers only the first is replaced at once; those after it wait, so that a crash loop costs little.
  const isFirst = before.views.get(kill.router)?.workersKilled === 0;
  return kill.role === 'spare' || !isOwner || (kill.role === 'worker' && isFirst);
}

/** Nothing had happened for two intervals: every router knows who is master. */
const wasQuiet = ({ happenings, pace }: Course, kill: Happening): boolean =>
  !happenings.some(
    (other) => other !== kill && other.at <= kill.at && other.at > kill.at - 2 * pace.advertInterval,
  );

/** A worker whose core is killed gives the address back before it ends. */
function coreDeaths(moments: readonly Moment[]): readonly Violation[] {
  return moments.flatMap(({ cause, views }) => {
    const view = cause === undefined ? undefined : views.get(cause.router);
    if (cause?.kind !== 'killed' || cause.role !== 'core' || view?.holds !== true || view.speechless)
      return [];
    const to = cause.at + afterCore + late;
    const after = moments.filter((moment) => moment.from >= cause.at && moment.from <= to);
    const released = after.some((moment) => {
      const later = moment.views.get(cause.router);
      return later?.holds === false || later?.speechless === true;
    });
    return released
      ? []
      : [{ at: cause.at, what: `${cause.router} kept the address after the death of its core` }];
  });
}

function oddity(happening: Happening): readonly Violation[] {
  const { at, router } = happening;
  switch (happening.kind) {
    case 'ended-by-itself':
      return [{ at, what: `the daemon of ${router} ended by itself` }];
    case 'outlived':
      return [{ at, what: `process ${happening.pid} of ${router} outlived its core by too much` }];
    case 'not-there':
      return [{ at, what: `${router} had no ${happening.role} for too long` }];
    case 'unsettled':
      return [{ at, what: `the pair did not come to rest with ${router} as its master` }];
    default:
      return [];
  }
}

const milliseconds = (micros: number): string => `${Math.round(micros / 1000)} ms`;
