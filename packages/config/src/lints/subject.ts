import type { Context } from '../build/context.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { Config } from '../types.ts';
import type { ShellCheck } from './shell-check.ts';

/** What lints look at. They say what is hardly meant so; they change neither an exit code nor a reload. */
export interface LintSubject {
  readonly context: Context;
  readonly config: Config;
  readonly files: FileSystem;
  readonly shellCheck: ShellCheck | undefined;
  /** Programs that the file names are to be found on this machine. */
  readonly programsAreHere: boolean;
}
