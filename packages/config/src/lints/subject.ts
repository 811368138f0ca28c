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
  /** Those of the machine that the file is for, where it is this one: programs that it names are to be found here, too. */
  readonly accounts: KnownAccounts | undefined;
}

/** Who could run a program. */
export interface KnownAccounts {
  hasUser(name: string): boolean;
  hasGroup(name: string): boolean;
}
