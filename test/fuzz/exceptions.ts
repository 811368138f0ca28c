import { defects } from './exceptions/defects.ts';
import { machine } from './exceptions/machine.ts';
import { newerVersions } from './exceptions/newer-versions.ts';
import { readingOn } from './exceptions/reading-on.ts';
import type { ExceptionClass } from './verdicts.ts';

/** Where our status is rightly another one than that of keepalived 2.2.7. The first that applies counts. */
export const exceptionClasses: readonly ExceptionClass[] = [
  ...defects,
  ...machine,
  ...newerVersions,
  ...readingOn,
];
