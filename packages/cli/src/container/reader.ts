import { type Obstacle, obstacle } from './obstacle.ts';
import type { VariableName } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables, and collects what is wrong with them: people rather hear all of it at once. */
export interface Reader {
  readonly obstacles: Obstacle[];
  /** The trimmed text; undefined when the variable is not set or empty, as compose files leave it. */
  readonly text: (name: VariableName) => string | undefined;
  /** Words between blanks and commas. */
  readonly words: (name: VariableName) => readonly string[];
  /** A number from `least` to `most`, whole unless `fraction`. */
  readonly number: (name: VariableName, range: NumberRange) => number | undefined;
  /** One of the words, whatever its letters' case. */
  readonly choice: <T extends string>(name: VariableName, choices: readonly T[]) => T | undefined;
  readonly complain: (message: string, remedy: string) => undefined;
}

export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly fraction?: true;
}

export function reader(environment: Environment): Reader {
  const obstacles: Obstacle[] = [];
  const text = (name: VariableName): string | undefined => environment[name]?.trim() || undefined;
  const complain = (message: string, remedy: string): undefined => {
    obstacles.push(obstacle(message, remedy));
    return undefined;
  };
  return {
    obstacles,
    text,
    complain,
    words: (name) => (text(name) ?? '').split(/[\s,]+/).filter((word) => word !== ''),
    number(name, { least, most, fraction }) {
      const written = text(name);
      if (written === undefined) return undefined;
      const isNumber = (fraction === true ? /^-?\d+(?:\.\d+)?$/ : /^-?\d+$/).test(written);
      const value = Number(written);
      if (isNumber && value >= least && value <= most) return value;
      return complain(
        `${name}=${written} is no ${fraction === true ? '' : 'whole '}number from ${least} to ${most}`,
        'write one',
      );
    },
    choice(name, choices) {
      const written = text(name);
      if (written === undefined) return undefined;
      const found = choices.find((choice) => choice.toLowerCase() === written.toLowerCase());
      return found ?? complain(`${name}=${written} is not understood`, `write ${choices.join(' or ')}`);
    },
  };
}
