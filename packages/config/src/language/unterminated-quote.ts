import type { Report } from '../diagnostics/report.ts';
import type { Origin } from './line.ts';

/** A double quote without its partner on the same line. */
export const unterminatedQuote = (origin: Origin): Report => ({
  code: 'unterminated-quote',
  message: 'a double quote is not closed on its line',
  origin,
  column: Math.max(0, origin.raw.lastIndexOf('"')),
  used: 'the text from the quote on is dropped',
  remedy: 'close the quote on the same line',
});

/** Whether nothing that is read stands directly before the quote: then nobody else tells of it. */
export const standsAlone = (before: string): boolean => /(?:^|[{}])\s*$/.test(before);
