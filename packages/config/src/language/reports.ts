import { basename } from 'node:path/posix';
import type { Report } from '../diagnostics/report.ts';
import type { GlobMatch } from '../files/glob.ts';
import type { Origin } from './line.ts';
import type { Substitution } from './parameters.ts';

/** There is nothing to read at all. */
export const missingMain = (origin: Origin): Report => ({
  code: 'file-not-found',
  message: `there is no configuration file ${origin.file}`,
  origin,
  used: 'nothing is configured',
  remedy: 'name another file, or create this one',
  keepalived: 'none',
  reload: 'refuse',
});

/** The main pattern names several files: they are read, and keepalived complains. */
export const severalFiles = (origin: Origin, count: number): Report => ({
  code: 'several-files',
  severity: 'warning',
  message: `the pattern names ${count} files; they are read one after the other`,
  origin,
  keepalived: 'reported',
});

/** @param fatal this form of include makes the whole configuration unusable */
export const missingInclude = (match: GlobMatch, origin: Origin, fatal: boolean): Report => ({
  code: 'include-not-found',
  message: `no file matches ${match.pattern} (${basename(origin.file)} includes it)`,
  origin,
  used: fatal ? 'nothing: this form of include makes it fatal' : 'the line is ignored',
  remedy: 'check the name; a relative one starts at the directory of this file',
  keepalived: fatal ? 'include' : 'none',
  fatal,
});

const substitutionProblems = {
  'too-long': {
    code: 'parameter-too-long',
    message: 'with its parameters replaced the line is too long',
    used: 'the line as it stands',
  },
  endless: {
    code: 'parameter-endless',
    message: 'a parameter contains itself',
    used: 'the line as it stands',
  },
  'random-bounds': {
    code: 'random-bounds',
    message: 'the lower bound of _RANDOM is above the upper one',
    used: 'the lower bound',
  },
} as const satisfies Readonly<Record<NonNullable<Substitution['problem']>, object>>;

export const substitutionProblem = (
  problem: NonNullable<Substitution['problem']>,
  origin: Origin,
): Report => ({
  ...substitutionProblems[problem],
  origin,
  remedy: 'look at the definitions of its $ parameters',
});
