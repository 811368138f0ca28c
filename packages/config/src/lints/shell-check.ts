/** Asks an interpreter whether it can read a script. */
export interface ShellCheck {
  /** @returns the complaint in the interpreter's words, with its line if it names one; `undefined` when all is well */
  readonly check: (
    interpreter: string,
    path: string,
  ) => { readonly line: number | undefined; readonly message: string } | undefined;
}
