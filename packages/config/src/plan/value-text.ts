import { isDuration } from './durations.ts';

/** Never shown: it would stand in a terminal's history and in a workflow's log. */
const secrets = /(?:^|\.)password$/;

/**
 * A value of the typed configuration for people; undefined: not set.
 * @param path where it stands in its object; times are told by it
 */
export function valueText(path: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (secrets.test(path)) return '(secret)';
  if (typeof value === 'number' && isDuration(path)) return `${value / 1e6} s`;
  return plainText(value);
}

function plainText(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plainText).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  if ('argv' in value && Array.isArray(value.argv)) return programText(value.argv, value);
  return Object.entries(value).flatMap(entryText).join(' ');
}

/** What names a thing stands for itself; a flag that is not set says nothing. */
function entryText([key, value]: readonly [string, unknown]): readonly string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [key];
  const text = secrets.test(key) ? '(secret)' : plainText(value);
  return [['name', 'address', 'path'].includes(key) ? text : `${key} ${text}`];
}

function programText(argv: readonly unknown[], command: object): string {
  const user = 'runAs' in command ? command.runAs : undefined;
  return `${argv.join(' ')}${user === undefined ? '' : ` as ${plainText(user)}`}`;
}
