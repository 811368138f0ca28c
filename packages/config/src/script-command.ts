/** `script_user` and what a script line names: who runs a program. */
export interface ScriptUser {
  readonly user: string;
  readonly group: string | undefined;
}

/** A program with its arguments, split as `script` and `notify` keywords do, and who runs it. */
export interface ScriptCommand {
  readonly argv: readonly [string, ...string[]];
  readonly runAs: ScriptUser | undefined;
}
