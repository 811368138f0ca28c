import type { Happening, Violation } from './happening.ts';
import type { Round } from './round.ts';

const before = 2_000_000;
const after = 3_000_000;

/** What happened around a violation, line by line, with times in seconds from it. */
export function storyOf({ at, what }: Violation, { course, adverts, output }: Round): readonly string[] {
  const kills = course.happenings.filter(({ kind }) => kind === 'killed');
  const near = (line: { readonly at: number }): boolean => line.at > at - before && line.at < at + after;
  const told = [
    ...course.happenings.filter(near).map((happening) => ({
      at: happening.at,
      text: `** ${sentence(happening, kills.indexOf(happening) + 1)}`,
    })),
    ...adverts.filter(near).map(({ at: seen, host, priority }) => ({
      at: seen,
      text: `-> ${host} sends an advert of priority ${priority}`,
    })),
    ...output.filter(near).map((line) => ({ at: line.at, text: `   ${line.text}` })),
  ].toSorted((a, b) => a.at - b.at);
  const pace = `advert_int ${course.pace.name}, after ${kills.filter((kill) => kill.at <= at).length} kills`;
  return [`${what} (${pace})`, ...told.map((line) => `  ${seconds(line.at - at)}  ${line.text}`)];
}

function sentence(happening: Happening, number: number): string {
  const { router } = happening;
  switch (happening.kind) {
    case 'killed':
      return `kill ${number}: ${happening.role} of ${router}, process ${happening.pid}`;
    case 'started':
      return `the service manager starts ${router}`;
    case 'ended-by-itself':
      return `the daemon of ${router} has ended`;
    case 'outlived':
      return `process ${happening.pid} of ${router} lives although its core is dead`;
    case 'not-there':
      return `${router} has no ${happening.role}`;
    case 'unsettled':
      return 'the pair has not come to rest';
    case 'listening':
      return `${router} listens`;
    case 'deaf':
      return `${router} has closed its sockets`;
    case 'added':
      return `${router} has the address`;
    case 'removed':
      return `${router} has no address any more`;
    default:
      return happening satisfies never;
  }
}

const seconds = (micros: number): string => `${(micros / 1e6).toFixed(3)} s`.padStart(10);
