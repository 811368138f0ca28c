import type { Argument, Problem, Reading } from '../keywords/row.ts';
import type { Word } from '../language/words.ts';
import { type NumberOptions, readNumber } from './number.ts';
import { missing, plainly } from './reading.ts';

export interface Weight {
  readonly weight: number;
  readonly reverse: boolean | undefined;
}

export interface WeightOptions {
  readonly low: number;
  readonly high: number;
  readonly outside?: NumberOptions['outside'];
  /** Words that may stand behind it. */
  readonly words?: readonly string[];
  /** The handler checks for the weight itself. */
  readonly missing?: 'ignored';
}

/** `NUMBER [reverse]`: the weight of something that is tracked. */
export function objectWeight({
  low,
  high,
  outside = 'ignore',
  words = ['reverse'],
  missing: optional,
}: WeightOptions): Argument<Weight> {
  const syntax = `NUMBER [${words.join('|')}]`;
  return {
    syntax,
    range: `${low} to ${high}`,
    outside: outside === 'ignore' ? 'the line is ignored' : `${outside} is used`,
    read: ({ words: [keyword, number, second] }) => {
      if (number === undefined) return missing(keyword.text, syntax, optional);
      const { value, problems } = readNumber(keyword.text, number.text, {
        low,
        high,
        places: 0,
        outside,
        strict: true,
      });
      const reverse = second === undefined ? undefined : second.text === 'reverse';
      const told =
        second === undefined || words.includes(second.text) ? problems : [...problems, unknown(second)];
      return { value: value === undefined ? undefined : { weight: value, reverse }, problems: told };
    },
  };
}

const unknown = ({ text }: Word): Problem => ({
  code: 'unknown-option',
  message: `behind the weight may stand "reverse", not "${text}"`,
  word: 2,
  used: 'the word is ignored',
  remedy: 'remove it',
});

/** What `vrrp_track_process` looks for. */
export interface WatchedProcess {
  readonly command: string;
  readonly parameters: readonly string[];
}

export const watchedProcess: Argument<WatchedProcess> = {
  syntax: 'COMMAND [PARAMETER ...]',
  read: ({ words: [keyword, command, ...parameters] }) =>
    command === undefined
      ? missing(keyword.text, 'COMMAND [PARAMETER ...]')
      : plainly({ command: command.text, parameters: parameters.map(({ text }) => text) }),
};

/** What is written into a tracked file at start. */
export interface InitialValue {
  readonly value: number;
  readonly overwrite: boolean;
}

/** `[VALUE] [overwrite]` */
export const initialValue: Argument<InitialValue> = {
  syntax: '[VALUE] [overwrite]',
  range: '-254 to 254',
  outside: 'it is used all the same, as far as it has 32 bits',
  read: ({ words: [, ...given] }) => {
    const problems: Problem[] = [];
    let value = 0;
    for (const [index, { text }] of given.entries()) {
      if (text === 'overwrite') continue;
      const number = /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
      if (number === undefined || Math.abs(number) >= 2 ** 31) problems.push(unknownWord(text, index + 1));
      else if (Math.abs(number) > 254) problems.push(senseless(number, index + 1));
      if (number !== undefined) value = number;
    }
    const overwrite = given.some(({ text }) => text === 'overwrite');
    return { value: { value, overwrite }, problems } satisfies Reading<InitialValue>;
  },
};

const unknownWord = (text: string, word: number): Problem => ({
  code: 'unknown-option',
  message: `init_file does not know "${text}"`,
  word,
  used: 'the word is ignored',
  remedy: 'write a number, overwrite, or both',
});

const senseless = (value: number, word: number): Problem => ({
  code: 'out-of-range',
  message: `the value ${value} is outside -254 to 254`,
  word,
  used: `${value} is written`,
  remedy: 'write a value from -254 to 254',
});

/** `INTERFACE DOWN [UP]`: seconds until a change of the link counts. */
export const linkDelays: Argument<{
  readonly interface: string;
  readonly down: number;
  readonly up: number;
}> = {
  syntax: 'INTERFACE DOWN [UP]',
  range: '0 to 255 seconds each',
  outside: 'the entry is left out',
  read: ({ words: [device, ...given] }) => {
    const limits = { low: 0, high: 255, places: 6, strict: true } as const;
    const [down = 0, up = 0] = given
      .slice(0, 2)
      .map(({ text }) => readNumber('the delay', text, limits).value);
    const problems = given.slice(0, 2).flatMap(({ text }, index) =>
      readNumber('the delay', text, limits).problems.map((problem) => ({
        ...problem,
        word: index + 1,
        used: 'the entry is left out',
      })),
    );
    return { value: problems.length > 0 ? undefined : { interface: device.text, down, up }, problems };
  },
};

const pollings = ['MII', 'ETHTOOL', 'IOCTL'];

/** `INTERFACE [MII|ETHTOOL|IOCTL]` */
export const polledInterface: Argument<{ readonly interface: string; readonly by: string | undefined }> = {
  syntax: 'INTERFACE [MII|ETHTOOL|IOCTL]',
  read: ({ words: [device, by, second] }) => {
    const value = { interface: device.text, by: by?.text };
    const wrong = by !== undefined && !pollings.includes(by.text) ? by : second;
    if (wrong === undefined) return plainly(value);
    const message = `"${wrong.text}" is no way of looking at a link`;
    const problem = {
      code: 'unknown-option',
      message,
      word: wrong === by ? 1 : 2,
      remedy: `write one of ${pollings.join(', ')}`,
    };
    return { value: { ...value, by: undefined }, problems: [problem] };
  },
};
