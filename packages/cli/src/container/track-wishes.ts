import type { Reader } from './reader.ts';

export interface TrackWishes {
  /** A command line. */
  readonly script: string | undefined;
  readonly url: string | undefined;
  /** Seconds. */
  readonly interval: number;
  /** keepalived.conf(5) weight; 0: FAULT. */
  readonly weight: number;
}

/** What is to be looked at besides the interface. */
export function readTrackWishes(read: Reader): TrackWishes {
  const wishes = {
    script: readScript(read),
    url: readUrl(read),
    interval: read.number('HOLDFAST_TRACK_INTERVAL', { least: 1, most: 3600 }) ?? 2,
    weight: read.number('HOLDFAST_TRACK_WEIGHT', { least: -253, most: 253 }) ?? 0,
  };
  const tracks =
    read.text('HOLDFAST_TRACK_SCRIPT') !== undefined || read.text('HOLDFAST_TRACK_URL') !== undefined;
  for (const name of ['HOLDFAST_TRACK_INTERVAL', 'HOLDFAST_TRACK_WEIGHT'] as const)
    if (!tracks && read.text(name) !== undefined)
      read.complain(
        `${name} is set, and nothing is tracked`,
        'set HOLDFAST_TRACK_SCRIPT or HOLDFAST_TRACK_URL too',
      );
  return wishes;
}

function readScript(read: Reader): string | undefined {
  const text = read.text('HOLDFAST_TRACK_SCRIPT');
  if (text === undefined || /^\/[^"\n]*$/.test(text)) return text;
  return read.complain(
    `HOLDFAST_TRACK_SCRIPT=${text} cannot be run`,
    'write an absolute path and its arguments, without double quotes',
  );
}

function readUrl(read: Reader): string | undefined {
  const text = read.text('HOLDFAST_TRACK_URL');
  if (text === undefined) return undefined;
  const isUrl = /^https?:\/\/[^\s"'\\$`#!{}]+$/.test(text) && URL.canParse(text);
  return isUrl
    ? text
    : read.complain(`HOLDFAST_TRACK_URL=${text} is no page`, 'write http://HOST:PORT/PATH or https://...');
}
