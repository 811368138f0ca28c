import { table } from '../lab-support/table.ts';
import { startUp } from './bounds.ts';
import type { Course, Happening } from './happening.ts';
import { lengthOf, momentsOf, owners, type Span, spansWhere } from './moments.ts';
import type { Round } from './round.ts';
import { isDead } from './router-view.ts';

interface Row {
  readonly role: string;
  readonly lost: number;
  readonly outage: number;
  readonly moved: boolean;
}

/** How soon after another a kill counts as the second of a pair, in microseconds. */
const together = 100_000;

/** What the kills of a round cost, by who was killed. */
export function summary(round: Round): readonly string[] {
  const { course } = round;
  const rows = killsOf(course).map((kill, index, kills) =>
    row(round, kill, kills[index + 1]?.at ?? course.end),
  );
  const roles = [...new Set(rows.map(({ role }) => role))].toSorted((a, b) => (a < b ? -1 : 1));
  const lines = roles.map((role) => {
    const of = rows.filter((one) => one.role === role);
    return [
      role,
      `${of.length}`,
      `${of.filter(({ moved }) => moved).length}`,
      `${of.filter(({ lost }) => lost > 0).length}`,
      `${of.reduce((sum, { lost }) => sum + lost, 0)}`,
      milliseconds(Math.max(...of.map(({ outage }) => outage))),
    ];
  });
  const header = ['killed', 'times', 'address moved', 'client lost', 'requests lost', 'longest outage'];
  return [...table([header, ...lines]), '', ...facts(round)];
}

const killsOf = ({ happenings }: Course): readonly Happening[] =>
  happenings.filter(({ kind }) => kind === 'killed');

function row({ course, outage }: Round, kill: Happening, next: number): Row {
  const since = (span: { readonly at: number }): boolean => span.at > kill.at && span.at < next;
  return {
    role: `${kill.kind === 'killed' ? kill.role : ''} of ${kill.router}`,
    lost: course.lost.filter((at) => at >= kill.at && at < next).length,
    outage: outage(kill.at, next),
    moved: course.happenings.some(
      (other) => since(other) && (other.kind === 'added' || other.kind === 'removed'),
    ),
  };
}

function facts({ course, requests }: Round): readonly string[] {
  const moments = momentsOf(course);
  const kills = killsOf(course);
  const pairs = kills.filter(
    (kill, index) => kill.at - (kills[index - 1]?.at ?? -Infinity) <= together,
  ).length;
  const both = spansWhere(moments, (moment) => owners(moment).length > 1);
  const alive = spansWhere(
    moments,
    (moment) =>
      owners(moment).length > 1 && ![...moment.views.values()].some((view) => isDead(view, moment.from)),
  );
  const none = spansWhere(
    moments,
    (moment) => owners(moment).length === 0 && [...moment.views.values()].some(({ healthy }) => healthy),
  );
  const cleaned = cleanUps(course);
  return [
    `${kills.length} kills, ${pairs} of them within 100 ms of another; ${requests} requests, ${course.lost.length} lost`,
    `longest with two owners: ${longest(alive)} while both had processes, ${longest(both)} with a router that was dead`,
    `longest with none while a router listened: ${longest(none)}`,
    `from the start of a daemon to its listening: median ${milliseconds(median(cleaned))}, longest ${milliseconds(Math.max(0, ...cleaned))} (allowed: ${milliseconds(startUp)})`,
  ];
}

/** From each start of a daemon that was not killed meanwhile to its listening, in microseconds. */
function cleanUps({ happenings }: Course): readonly number[] {
  return happenings.flatMap((start, index) => {
    if (start.kind !== 'started') return [];
    const next = happenings
      .slice(index + 1)
      .find(({ router, kind }) => router === start.router && (kind === 'listening' || kind === 'killed'));
    return next?.kind === 'listening' ? [next.at - start.at] : [];
  });
}

const longest = (spans: readonly Span[]): string => milliseconds(Math.max(0, ...spans.map(lengthOf)));
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const milliseconds = (micros: number): string => `${Math.round(micros / 1000)} ms`;
