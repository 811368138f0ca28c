import { type IpAddress, parseAddress } from '@holdfast/kit';
import type { Argument, Problem, Reading } from '../keywords/row.ts';
import type { Statement } from '../language/statement.ts';
import { badAddress } from './address.ts';
import { readNumber } from './number.ts';
import { isPlaceholder, missing, placeholder, refused } from './reading.ts';

/** An entry of `unicast_peer`. */
export interface PeerEntry {
  readonly address: IpAddress;
  readonly minTtl: number | undefined;
  readonly maxTtl: number | undefined;
}

/** `ADDRESS [min_ttl N] [max_ttl N]` */
export const peerEntry: Argument<PeerEntry> = {
  syntax: 'ADDRESS [min_ttl N] [max_ttl N]',
  read: ({ words: [first, ...others] }) => {
    const address = parseAddress(first.text);
    if (address === undefined) return refused({ ...badAddress(first.text, 0), used: 'the peer is left out' });
    const problems: Problem[] = [];
    const ttl = (name: string): number | undefined => {
      const index = others.findIndex((other) => other.text === name);
      if (index < 0) return undefined;
      const reading = readNumber(name, others[index + 1]?.text ?? '', {
        low: 0,
        high: 255,
        places: 0,
        strict: true,
      });
      problems.push(...reading.problems.map((problem) => ({ ...problem, word: index + 2 })));
      return reading.value;
    };
    return { value: { address, minTtl: ttl('min_ttl'), maxTtl: ttl('max_ttl') }, problems };
  },
};

/** An entry of `track_script`, `track_interface` and their like; `undefined` means what the tracked object says. */
export interface TrackedEntry {
  readonly name: string;
  readonly weight: number | undefined;
  readonly reverse: boolean | undefined;
}

/** `NAME [weight N [reverse|noreverse]]`; a weight of 254 is cut to 253 with a message. */
export const trackedEntry: Argument<TrackedEntry> = {
  syntax: 'NAME [weight NUMBER [reverse|noreverse]]',
  range: 'weight -253 to 253',
  read: readTracked,
};

function readTracked({ words }: Statement): Reading<TrackedEntry> {
  const [first, weightWord, number, reverseWord] = words;
  if (isPlaceholder(first.text)) {
    return refused({ ...placeholder(first.text, 0), used: 'the entry is left out' });
  }
  const plain: TrackedEntry = { name: first.text, weight: undefined, reverse: undefined };
  if (weightWord === undefined) return { value: plain, problems: [] };
  if (weightWord.text !== 'weight' || number === undefined) {
    const message = `behind ${first.text} may stand "weight NUMBER", not "${weightWord.text}"`;
    const remedy = `write: ${first.text} weight NUMBER`;
    return {
      value: plain,
      problems: [{ code: 'unknown-option', message, word: 1, used: 'no weight is used', remedy }],
    };
  }
  const { value, problems } = readNumber('weight', number.text, {
    low: -254,
    high: 254,
    places: 0,
    strict: true,
  });
  if (value === undefined)
    return { value: plain, problems: problems.map((problem) => ({ ...problem, word: 2 })) };
  const reverse = reverseWord === undefined ? undefined : reverseWord.text === 'reverse';
  if (Math.abs(value) < 254) return { value: { ...plain, weight: value, reverse }, problems };
  const cut = Math.sign(value) * 253;
  const message = `a weight of ${value} is outside -253 to 253`;
  const problem: Problem = {
    code: 'out-of-range',
    message,
    word: 2,
    used: `${cut} is used`,
    remedy: `write ${cut}`,
  };
  return { value: { ...plain, weight: cut, reverse }, problems: [problem] };
}

/** Any entry, one a line. */
export const anyEntry = (syntax: string): Argument<readonly string[]> => ({
  syntax,
  read: ({ words }) => ({ value: words.map((word) => word.text), problems: [] }),
});

/** `NUMBER [reverse]`, the weight of a `vrrp_script`: out of range it is reported, but used. */
export const scriptWeight: Argument<{ readonly weight: number; readonly reverse: boolean }> = {
  syntax: 'NUMBER [reverse]',
  range: '-253 to 253',
  outside: 'the nearest bound is used',
  read: ({ words: [keyword, number, second] }) => {
    if (number === undefined) return missing(keyword.text, 'NUMBER [reverse]');
    const limits = { low: -253, high: 253, places: 0, outside: 'clamp' } as const;
    const { value, problems } = readNumber(keyword.text, number.text, limits);
    if (value === undefined) return { value: undefined, problems };
    const weight = { weight: value, reverse: second?.text === 'reverse' };
    if (second === undefined || second.text === 'reverse') return { value: weight, problems };
    const message = `behind the weight may stand "reverse", not "${second.text}"`;
    return { value: weight, problems: [...problems, { code: 'unknown-option', message, word: 2 }] };
  },
};
