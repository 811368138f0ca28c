import type { Random } from '@holdfast/kit';
import type { FuzzCase } from './fuzz-case.ts';
import { oddNumbers } from './values.ts';

/** One change of a configuration. @param line makes another line that might stand in a configuration */
export type Mutation = (subject: FuzzCase, random: Random, line: () => string) => FuzzCase;

/** Changes the lines of the main file. */
const lines =
  (change: (all: string[], at: number, random: Random, line: () => string) => readonly string[]): Mutation =>
  (subject, random, line) => {
    const all = subject.text.split('\n');
    return { ...subject, text: change(all, random.whole(0, all.length - 1), random, line).join('\n') };
  };

/** Changes one line that is not empty. */
const oneLine = (change: (line: string, random: Random) => string): Mutation =>
  lines((all, at, random) => {
    const from = all.findIndex((text, index) => index >= at && text.trim() !== '');
    return from < 0 ? all : all.with(from, change(all[from] ?? '', random));
  });

/** Changes the words of one line, which are put together again with what stood between them. */
const words = (change: (words: string[], at: number, random: Random) => readonly string[]): Mutation =>
  oneLine((line, random) => {
    const parts = line.trim().split(/\s+/);
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    return indent + change(parts, random.whole(0, parts.length - 1), random).join(' ');
  });

const oneWord = (change: (word: string, random: Random) => string): Mutation =>
  words((parts, at, random) => parts.with(at, change(parts[at] ?? '', random)));

/** Changes one character of the whole text. */
const character = (pattern: RegExp, change: (found: string, random: Random) => string): Mutation => {
  return (subject, random) => {
    const places = [...subject.text.matchAll(pattern)];
    if (places.length === 0) return subject;
    const place = random.pick(places);
    const end = place.index + place[0].length;
    const changed = change(place[0], random);
    return { ...subject, text: subject.text.slice(0, place.index) + changed + subject.text.slice(end) };
  };
};

const insertedAt = (text: string, at: number, what: string): string =>
  text.slice(0, at) + what + text.slice(at);

const parameter: Mutation = (subject, random) => {
  const use = random.pick(['$P', '$P', '$'.concat('{P}'), '$Q', '$Px']);
  let value = '5';
  const used = oneWord((word) => {
    value = word;
    return use;
  })(subject, random, () => '');
  const definition = random.pick(['$P=', '$P=', '  $P=  ', '$P =', '$P= \\\n']);
  return { ...used, text: `${definition}${value}\n${used.text}` };
};

const include: Mutation = (subject, random) => {
  const all = subject.text.split('\n');
  const from = random.whole(0, all.length - 1);
  const count = random.whole(1, Math.min(6, all.length - from));
  const name = random.pick(['inc.conf', 'inc.conf', 'sub/inc.conf']);
  const form = random.pick([
    'include',
    'include',
    'includer',
    'includem',
    'includew',
    'includeb',
    'includea',
  ]);
  const glob = random.pick([
    name,
    name,
    name.replace('inc', '*'),
    name.replace('.conf', '.c?nf'),
    'none.conf',
  ]);
  const moved = all.slice(from, from + count).join('\n');
  return {
    text: [...all.slice(0, from), `${form} ${glob}`, ...all.slice(from + count)].join('\n'),
    others: { ...subject.others, [name]: random.chance(0.8) ? `${moved}\n` : moved },
  };
};

/** What is done to configurations; what people really get wrong comes more often. */
export const mutations: readonly Mutation[] = [
  lines((all, at) => all.toSpliced(at, 1)),
  lines((all, at) => all.toSpliced(at, 0, all[at] ?? '')),
  lines((all, at, random) => {
    const other = random.whole(0, all.length - 1);
    return all.with(at, all[other] ?? '').with(other, all[at] ?? '');
  }),
  lines((all, at, _, line) => all.toSpliced(at, 0, line())),
  lines((all, at, _, line) => all.toSpliced(at, 0, line())),
  lines((all, at) => (at < all.length / 2 ? all : all.slice(0, at))),
  lines((all, at) => all.toSpliced(at, 2, `${all[at] ?? ''} ${all[at + 1] ?? ''}`)),
  lines((all) => all.map((line) => `${line}\r`)),
  words((parts, at) => parts.toSpliced(at, 1)),
  words((parts) => parts.slice(0, 1)),
  words((parts, at) => parts.toSpliced(at, 0, parts[at] ?? '')),
  words((parts, at, random) => {
    const other = random.whole(0, parts.length - 1);
    return parts.with(at, parts[other] ?? '').with(other, parts[at] ?? '');
  }),
  words((parts, _, random) => [...parts, random.pick(['5', 'extra', 'on', '\\', '#x', '10.0.0.1'])]),
  character(/\d+(?:\.\d+)?/g, (_, random) => random.pick(oddNumbers)),
  character(/(?<=\s)\d+(?:\.\d+)?(?=\s)/g, (_, random) => random.pick(oddNumbers)),
  character(/(?<=\s)\d+(?:\.\d+)?(?=\s)/g, (_, random) => random.pick(oddNumbers)),
  oneWord((word, random) =>
    random.pick(['', '"', 'x', 'on', 'eth0', '-5', '10.0.0.7', '{', '}', '"a b"', '<X>']).concat('').replace(/^$/, word),
  ),
  // Misspelt.
  character(/\w/g, () => ''),
  character(/\w/g, (found) => found + found),
  character(/[a-z_]/gi, (found) => (found === found.toUpperCase() ? found.toLowerCase() : found.toUpperCase())),
  // Braces.
  character(/[{}]/g, () => ''),
  character(/[{}]/g, (found) => found + found),
  character(/[{}]/g, (found) => (found === '{' ? '}' : '{')),
  character(/[ \t]*\{/g, (_, random) => random.pick(['{', '\n{', ' { ', '\t{\t'])),
  character(/\s+\}/g, (_, random) => random.pick(['}', ' }', ' } ', '\n\n}'])),
  character(/\s/g, (found, random) => found + random.pick(['{', '}'])),
  // Quotes, comments, blanks.
  oneWord((word) => `"${word}"`),
  oneWord((word) => `'${word}'`),
  character(/./g, (found) => `${found}"`),
  oneLine((line, random) => insertedAt(line, random.whole(0, line.length), random.pick(['#', '!', ' # c', '\\#', '\\']))),
  character(/[ \t]+/g, (_, random) => random.pick(['\t', '  ', ' \t ', '\v', '\f', '\r', '\xa0', '\xe3\x80\x80'])),
  // The language.
  oneLine((line, random) => `${random.pick(['@r1 ', '@^r1 ', '@r2 ', '@^r2 ', '@ ', '@r1'])}${line}`),
  oneLine((line, random) => random.pick(['~SEQ(v, 1, 3) ', '~SEQ(v, 2) ', '~SEQ(v, 5, -2, 1) ', '~SEQ(v, 1, 0) ', '~LST(v, a, b) ', '~LST({v,w}, {1,2}) ', '~SEQx(v, 9, 11) ', '~SEQ(v, 1, -1, 3) ']) + line.trim()),
  parameter,
  parameter,
  include,
]; // biome-ignore format: a table
