import type { Argument } from '../keywords/row.ts';
import { splitScriptWords } from '../language/script-words.ts';
import type { ScriptUser } from '../script-command.ts';
import { isPlaceholder, missing, placeholder, plainly, refused } from './reading.ts';

/** A program as a keyword names it. */
export interface ScriptArgument {
  readonly argv: readonly [string, ...string[]];
  readonly user: ScriptUser | undefined;
}

export interface ScriptOptions {
  /** Behind the quoted command may stand a user and a group: `notify_*` and its like. */
  readonly user?: 'allowed';
  /** The bare keyword is legal. */
  readonly optional?: true;
  /** The handler checks for the command itself: a missing one is not the end. */
  readonly missing?: 'ignored';
}

/** `"PROGRAM ARGUMENT ..." [USER [GROUP]]`: only the first, usually quoted, word is the command. */
export function script(options: ScriptOptions & { optional: true }): Argument<ScriptArgument | 'bare'>;
export function script(options?: ScriptOptions): Argument<ScriptArgument>;
export function script(options: ScriptOptions = {}): Argument<ScriptArgument | 'bare'> {
  const syntax = `"COMMAND ARGUMENTS"${options.user === undefined ? '' : ' [USER [GROUP]]'}`;
  return {
    syntax,
    read: ({ words: [keyword], text, openQuote: isOpen }) => {
      // The quote has been told; nothing of the line is used.
      if (isOpen) return { value: undefined, problems: [] };
      const rest = text.slice(text.indexOf(keyword.text) + keyword.text.length);
      const outer = splitScriptWords(rest, 'keep');
      if (!outer.ok) return refused(openQuote(keyword.text));
      const [command, user, group] = outer.value;
      if (command === undefined)
        return options.optional === true ? plainly('bare') : missing(keyword.text, syntax, options.missing);
      if (isPlaceholder(command)) return refused(placeholder(command, 1));
      const inner = splitScriptWords(command, 'translate');
      if (!inner.ok) return refused(openQuote(keyword.text));
      const [program, ...others] = inner.value;
      if (program === undefined) return missing(keyword.text, syntax, options.missing);
      const runAs = options.user === undefined || user === undefined ? undefined : { user, group };
      return plainly({ argv: [program, ...others], user: runAs });
    },
  };
}

const openQuote = (keyword: string) => ({
  code: 'unterminated-quote',
  message: `a quote in the command of ${keyword} is not closed`,
  word: 1,
  remedy: 'close the quote, or put a backslash before it',
});

/** `USER [GROUP]` */
export const scriptUser: Argument<ScriptUser> = userArgument('fatal');

/** The same in `global_defs` and a MISC_CHECK, where keepalived goes on without a name. */
export const checkedScriptUser: Argument<ScriptUser> = userArgument('ignored');

function userArgument(policy: 'fatal' | 'ignored'): Argument<ScriptUser> {
  return {
    syntax: 'USER [GROUP]',
    read: ({ words: [keyword, user, group] }) =>
      user === undefined
        ? missing(keyword.text, 'USER [GROUP]', policy)
        : plainly({ user: user.text, group: group === undefined ? undefined : group.text }),
  };
}
