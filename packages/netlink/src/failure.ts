import { errnoName } from '@holdfast/native';
import type { NetlinkAnswer } from './client/types.ts';
import type { NetlinkFailure } from './types.ts';

/** ENOBUFS: what a lost answer is reported as. */
const lost = 105;

/** @param request what was asked, in words: "add address 10.8.0.100/32 to interface 3" */
export function netlinkFailure(
  request: string,
  { errno, text }: Omit<NetlinkAnswer, 'messages'>,
): NetlinkFailure {
  const number = errno === 'silent' ? lost : errno;
  const words = errno === 'silent' ? "the kernel's answer was lost" : text;
  return { request, code: errnoName(number), errno: number, text: words };
}

/** One line for a log: "add address 10.8.0.100/32 to interface 3 failed: ENODEV". */
export const failureLine = ({ request, code, text }: NetlinkFailure): string =>
  `${request} failed: ${code}${text === '' ? '' : ` (${text})`}`;
