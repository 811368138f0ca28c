import { isMulticast, parseAddress } from '@holdfast/kit';
import type { Argument, Problem } from '../keywords/row.ts';
import type { Word } from '../language/words.ts';
import type { SyncDaemonConfig } from '../lvs-types.ts';
import { readNumber } from './number.ts';
import { missing, refused } from './reading.ts';

type Draft = { -readonly [K in keyof SyncDaemonConfig]: SyncDaemonConfig[K] };

/** Whole numbers behind an option. */
export const syncDaemonLimits = {
  id: { low: 0, high: 255 },
  maxlen: { low: 1, high: 65_507 },
  port: { low: 1, high: 65_535 },
  ttl: { low: 1, high: 255 },
} as const;

const properties = { id: 'syncId', maxlen: 'maximumLength', port: 'port', ttl: 'ttl' } as const;

const syntax =
  'INTERFACE [inst VRRP_INSTANCE] [id NUMBER] [maxlen BYTES] [port PORT] [ttl NUMBER] [group ADDRESS]';

/** `lvs_sync_daemon INTERFACE [OPTION VALUE] ...`; INTERFACE INSTANCE [ID] is an old form. */
export const syncDaemon: Argument<SyncDaemonConfig> = {
  syntax,
  range: 'an interface of at most 15 bytes',
  outside: 'the line is ignored',
  read: ({ words: [keyword, device, ...options] }) => {
    if (device === undefined) return missing(keyword.text, syntax, 'ignored');
    if (Buffer.byteLength(device.text) > 15) {
      const message = `"${device.text}" is too long for the name of an interface`;
      return refused({ code: 'too-long', message, word: 1, remedy: 'write at most 15 bytes' });
    }
    const draft: Draft = { interface: device.text };
    return { value: draft, problems: readOptions(draft, options) };
  },
};

function readOptions(draft: Draft, options: readonly Word[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (let at = 0; at < options.length; ) {
    const [name = '', value] = [options[at]?.text, options[at + 1]];
    const word = at + 2;
    if (isOption(name)) {
      const problem = readOption(draft, name, value, word);
      if (problem !== undefined) problems.push(problem);
      at += 2;
    } else {
      const problem = legacy(draft, name, at, word);
      if (problem !== undefined) problems.push(problem);
      at += 1;
    }
  }
  return problems;
}

const isNumber = (name: string): name is keyof typeof syncDaemonLimits =>
  Object.hasOwn(syncDaemonLimits, name);
const isOption = (name: string): boolean => name === 'inst' || name === 'group' || isNumber(name);

function readOption(draft: Draft, name: string, value: Word | undefined, word: number): Problem | undefined {
  if (value === undefined) {
    const fatal = name === 'inst' || name === 'group';
    const [problem] = missing(name, 'a value', fatal ? 'fatal' : 'ignored').problems;
    return problem === undefined ? undefined : { ...problem, word };
  }
  if (name === 'inst') draft.instance = value.text;
  else if (name === 'group') return readGroup(draft, value.text, word + 1);
  else if (isNumber(name)) {
    const reading = readNumber(name, value.text, { ...syncDaemonLimits[name], places: 0, strict: true });
    if (reading.value !== undefined) draft[properties[name]] = reading.value;
    const [problem] = reading.problems;
    return problem === undefined ? undefined : { ...problem, word: word + 1, used: 'the usual value' };
  }
  return undefined;
}

function readGroup(draft: Draft, text: string, word: number): Problem | undefined {
  const group = parseAddress(text);
  if (group !== undefined && isMulticast(group)) {
    draft.group = group;
    return undefined;
  }
  const message = `"${text}" is no multicast address`;
  return {
    code: 'wrong-address',
    message,
    word,
    used: 'the usual group',
    remedy: 'write a multicast address',
  };
}

/** `INTERFACE INSTANCE [ID]`, as files of old versions have it. */
function legacy(draft: Draft, text: string, at: number, word: number): Problem | undefined {
  if (at === 0) {
    draft.instance = text;
    return undefined;
  }
  if (at === 1 && /^\d+$/.test(text)) {
    const isId = Number(text) <= syncDaemonLimits.id.high;
    if (isId) draft.syncId = Number(text);
    const message = isId ? 'the number stands without the word id' : `the number ${text} is outside 0 to 255`;
    return {
      code: 'old-form',
      severity: 'warning',
      message,
      word,
      remedy: 'write: inst INSTANCE id NUMBER',
      keepalived: 'reported',
    };
  }
  const message = `lvs_sync_daemon does not know "${text}"`;
  return { code: 'unknown-option', message, word, used: 'the word is ignored', remedy: `write: ${syntax}` };
}
