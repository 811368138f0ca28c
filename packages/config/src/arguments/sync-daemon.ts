import { isMulticast, parseAddress } from '@holdfast/kit';
import type { Argument, Problem } from '../keywords/row.ts';
import type { Word } from '../language/words.ts';
import type { SyncDaemonConfig } from '../lvs-types.ts';
import { missing } from './reading.ts';

const syntax = 'IFNAME [inst INSTANCE] [id N] [maxlen N] [port N] [ttl N] [group ADDRESS]';
const ranges = {
  id: { from: 0, to: 255, property: 'syncId' },
  maxlen: { from: 1, to: 65_507, property: 'maximumLength' },
  port: { from: 1, to: 65_535, property: 'port' },
  ttl: { from: 1, to: 255, property: 'ttl' },
} as const;
const isRange = (text: string): text is keyof typeof ranges => Object.hasOwn(ranges, text);
const longestName = 15;

/** `lvs_sync_daemon`: an interface and options; the old form has an instance and an id behind the interface. */
export const syncDaemon: Argument<SyncDaemonConfig> = {
  syntax,
  range: 'id 0 to 255, maxlen 1 to 65507, port 1 to 65535, ttl 1 to 255, group a multicast address',
  outside: 'that option is ignored',
  read: ({ words: [keyword, name, ...options] }) => {
    if (name === undefined) return missing(keyword.text, syntax);
    if (Buffer.byteLength(name.text) > longestName)
      return { value: undefined, problems: [longName(name.text)] };
    const problems: Problem[] = [];
    let value: SyncDaemonConfig = { interface: name.text };
    for (let i = 0; i < options.length; i += 2) {
      const [option, argument] = [options[i]?.text ?? '', options[i + 1]];
      const isOld = i === 0 && !isOption(option);
      if (isOld) value = { ...value, instance: option };
      // INSTANCE has no word before it: the next word is an option again, or the id of the old form.
      if (isOld) {
        const id = argument !== undefined && /^\d+$/.test(argument.text) ? argument : undefined;
        if (id !== undefined) value = take(value, 'id', id, 3, problems);
        if (id === undefined) i--;
        continue;
      }
      if (!isOption(option)) {
        problems.push(unknown(option, i + 2));
        i--;
      } else value = take(value, option, argument, i + 3, problems);
    }
    return { value, problems };
  },
};

type Option = 'inst' | 'group' | keyof typeof ranges;
const isOption = (text: string): text is Option => text === 'inst' || text === 'group' || isRange(text);

function take(
  value: SyncDaemonConfig,
  option: Option,
  argument: Word | undefined,
  word: number,
  problems: Problem[],
): SyncDaemonConfig {
  if (argument === undefined) {
    problems.push(wrong(`${option} has no value`, word - 1));
    return value;
  }
  const { text } = argument;
  if (option === 'inst') return { ...value, instance: text };
  if (option === 'group') {
    const group = parseAddress(text);
    if (group !== undefined && isMulticast(group)) return { ...value, group };
    problems.push(wrong(`${text} is no multicast address`, word));
    return value;
  }
  const { from, to, property } = ranges[option];
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= from && number <= to) return { ...value, [property]: number };
  problems.push(wrong(`${option} is a number from ${from} to ${to}, not "${text}"`, word));
  return value;
}

const wrong = (message: string, word: number): Problem => ({
  code: 'wrong-sync-daemon',
  message,
  word,
  used: 'that option is ignored',
  remedy: `write: lvs_sync_daemon ${syntax}`,
});

const unknown = (text: string, word: number): Problem =>
  wrong(`lvs_sync_daemon does not know "${text}"`, word);

const longName = (text: string): Problem => ({
  ...wrong(`an interface has at most ${longestName} bytes in its name; "${text}" is longer`, 1),
  used: 'the line is ignored',
});
