import type { Argument, Problem, Reading } from '../keywords/row.ts';

/** Read without complaint. */
export const plainly = <T>(value: T): Reading<T> => ({ value, problems: none });
const none: readonly Problem[] = [];
/** Not used, and why. */
export const refused = (problem: Problem): Reading<never> => ({ value: undefined, problems: [problem] });
/** Used, but not as written. */
export const corrected = <T>(value: T, problem: Problem): Reading<T> => ({ value, problems: [problem] });

/**
 * An argument is missing. keepalived ends at once (exit 2) unless the keyword checks it itself.
 * @param syntax what should stand there
 */
export function missing(
  keyword: string,
  syntax: string,
  policy: 'fatal' | 'ignored' = 'fatal',
): Reading<never> {
  return refused({
    code: 'missing-argument',
    message: `${keyword} needs ${syntax}`,
    word: 0,
    remedy: `write: ${keyword} ${syntax}`,
    ...(policy === 'fatal' ? { keepalived: 'missing-argument', fatal: true } : {}),
  });
}

/** An argument whose mistakes keepalived only logs: they count neither for its exit code nor as an end. */
export const onlyLogged = <T>(argument: Argument<T>): Argument<T> => ({
  ...argument,
  read: (statement) => {
    const { value, problems } = argument.read(statement);
    return {
      value,
      problems: problems.map((problem) => ({
        ...problem,
        severity: 'warning',
        keepalived: 'none',
        fatal: false,
      })),
    };
  },
});

const placeholderText = /^<[^<>]*>?$|^[^<>]*>$|^\{\{.*\}\}$|^(?:YOUR|CHANGE)[_-]\w+$/i;

/** `<IP>`, `<script_name>`: a name of a template that was never filled in. */
export const isPlaceholder = (word: string): boolean =>
  // Asked for every word: nearly all are told by their first and last character.
  ('<{YyCc'.includes(word.charAt(0)) || word.endsWith('>')) && placeholderText.test(word);

/** @param index of the word in the statement */
export function placeholder(words: string, index: number): Problem {
  return {
    code: 'placeholder',
    message: `a placeholder of a template was left in: ${words}`,
    word: index,
    remedy: 'put the value in its place, without the angle brackets',
  };
}
