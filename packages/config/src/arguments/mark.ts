import type { Problem } from '../keywords/row.ts';

/** A firewall mark that selects a service: 1 to 4294967295, since 0 is a packet without one; in decimal. @returns what is wrong */
export function readMark(text: string): number | Omit<Problem, 'word'> {
  const mark = Number(text);
  if (/^\d+$/.test(text) && mark > 0 && mark < 2 ** 32) return mark;
  return {
    code: 'not-a-number',
    message: `"${text}" is no firewall mark`,
    remedy: 'write a number from 1 to 4294967295',
  };
}
