import { type IpAddress, parseAddress } from '@holdfast/kit';
import type { Argument, Problem, Reading } from '../keywords/row.ts';
import type { Statement } from '../language/statement.ts';
import type { Word } from '../language/words.ts';
import { badAddress } from './address.ts';
import { readNumber, wholeNumber } from './number.ts';
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
    problems.push(...unknownPeerOptions(others));
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
    const [minTtl, maxTtl] = [ttl('min_ttl'), ttl('max_ttl')];
    if (minTtl !== undefined && maxTtl !== undefined && minTtl > maxTtl)
      problems.push(nothingPasses(minTtl, maxTtl));
    return { value: { address, minTtl, maxTtl }, problems };
  },
};

function unknownPeerOptions(words: readonly Word[]): readonly Problem[] {
  for (let at = 0; at < words.length; at += 2) {
    const text = words[at]?.text ?? '';
    if (text === 'min_ttl' || text === 'max_ttl') continue;
    const message = `"${text}" is no option of a peer`;
    return [
      {
        code: 'unknown-option',
        message,
        word: at + 1,
        used: 'the peer without it',
        remedy: 'write min_ttl N, max_ttl N, or both',
      },
    ];
  }
  return [];
}

const nothingPasses = (minTtl: number, maxTtl: number): Problem => ({
  code: 'bad-range',
  severity: 'warning',
  message: `min_ttl ${minTtl} is above max_ttl ${maxTtl}: every advert is dropped`,
  word: 0,
  remedy: 'write the lower number behind min_ttl',
  keepalived: 'reported',
});

/** An entry of `track_script`, `track_interface` and their like; `undefined` means what the tracked object says. */
export interface TrackedEntry {
  readonly name: string;
  readonly weight: number | undefined;
  readonly reverse: boolean | undefined;
}

const weightLimits = { low: -254, high: 254, places: 0, strict: true } as const;

/** The weight of an entry: one of 254 is cut to 253 with a message. */
export const numeralWeight = (most: 253 | 254): Argument<number> =>
  wholeNumber(-most, most, { strict: true });

/** `NAME [weight N [reverse|noreverse]]` */
export const trackedEntry: Argument<TrackedEntry> = {
  syntax: 'NAME [weight NUMBER [reverse|noreverse]]',
  range: 'weight -253 to 253',
  read: (statement) => readTracked(statement, ['reverse', 'noreverse']),
};

/** `INTERFACE [weight N [reverse]]` */
export const trackedInterface: Argument<TrackedEntry> = {
  syntax: 'INTERFACE [weight NUMBER [reverse]]',
  range: 'weight -253 to 253',
  read: (statement) => readTracked(statement, ['reverse']),
};

function readTracked({ words }: Statement, legal: readonly string[]): Reading<TrackedEntry> {
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
  const { value, problems } = readNumber('weight', number.text, weightLimits);
  if (value === undefined)
    return {
      value: plain,
      problems: problems.map((problem) => ({ ...problem, word: 2, used: 'no weight is used' })),
    };
  const isLegal = reverseWord === undefined || legal.includes(reverseWord.text);
  const reverse = reverseWord === undefined || !isLegal ? undefined : reverseWord.text === 'reverse';
  const told = [...cutWeight(value), ...(isLegal ? [] : [unknownBehindWeight(reverseWord.text, legal)])];
  const weight = Math.abs(value) < 254 ? value : Math.sign(value) * 253;
  return { value: { ...plain, weight, reverse }, problems: told };
}

function cutWeight(value: number): readonly Problem[] {
  if (Math.abs(value) < 254) return [];
  const cut = Math.sign(value) * 253;
  const message = `a weight of ${value} is outside -253 to 253`;
  return [{ code: 'out-of-range', message, word: 2, used: `${cut} is used`, remedy: `write ${cut}` }];
}

const unknownBehindWeight = (text: string, legal: readonly string[]): Problem => ({
  code: 'unknown-option',
  message: `behind the weight may stand ${legal.join(' or ')}, not "${text}"`,
  word: 3,
  used: 'the word is ignored',
  remedy: 'remove it',
});

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
