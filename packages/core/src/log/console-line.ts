import type { LogLine } from './record.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** keepalived's console line: `Sat Nov 21 11:36:20 2026: text`, with a newline, local time. */
export function consoleLine(line: LogLine): string {
  const at = new Date(line.at);
  return `${days[at.getDay()]} ${monthDayTime(at)} ${at.getFullYear()}: ${oneLine(line.record.text)}\n`;
}

/** `Nov  1 09:05:03`: the time as ctime(3) and RFC 3164 §4.1.2 write it. */
export function monthDayTime(at: Date): string {
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${months[at.getMonth()]} ${String(at.getDate()).padStart(2, ' ')} ${time}`;
}

/** Control characters could forge lines or steer a terminal: they are written as escapes. */
export function oneLine(text: string): string {
  // Nearly every line is as it should be.
  if (!controls.test(text)) return text;
  return Array.from(text, (character) => (isControl(character) ? escaped(character) : character)).join('');
}

const controls = /\p{Cc}/u;

const isControl = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
};

const escaped = (character: string): string => {
  if (character === '\t') return '    ';
  return character === '\n' ? '\\n' : `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
};
