import { appendFileSync, writeFileSync } from 'node:fs';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { onExit } from '../lab-support/on-exit.ts';
import { type Paint, paintFor, plainText } from './paint.ts';
import { picture, type Scene, type StoryLine, storyLine, type Telling } from './picture.ts';

/** Where the story is told: a picture redrawn in place on a terminal, lines of text elsewhere. */
export interface Screen {
  readonly paint: Paint;
  /** A new part of the demo begins, with a story of its own. */
  readonly beginPart: (scene: Scene) => void;
  /** What is shown above the story from now on. */
  readonly show: (scene: Scene) => void;
  /** A new step begins: what the client loses is counted from here. */
  readonly beginStep: (title: string) => void;
  readonly say: (text: string, kind?: StoryLine['kind']) => void;
  /** Draws a last time and leaves the cursor below the picture. */
  readonly close: () => void;
}

/** @param record file for the frames, drawn or not: a recording can be made where there is no terminal */
export function openScreen(record: string | undefined): Screen {
  const live = process.stdout.isTTY === true;
  const paint = paintFor(live && process.env['NO_COLOR'] === undefined);
  const began = monotonicMicros();
  let lines: StoryLine[] = [];
  let scene: Scene = { heading: 'Holdfast', draw: () => [] };
  let stepBegan = began;
  const telling = (): Telling => ({ began, stepBegan, lines });
  const draw = (): void => {
    if (live) redraw(picture(scene, telling(), paint));
    if (record !== undefined) recordFrame(record, began, picture(scene, telling(), paintFor(true)));
  };
  if (record !== undefined) writeFileSync(record, '');
  if (live) prepareTerminal();
  const timer = live || record !== undefined ? setInterval(draw, 200) : undefined;
  draw();
  const say = (text: string, kind: StoryLine['kind'] = 'detail'): void => {
    const at = monotonicMicros();
    for (const [index, part] of wrapped(text, live || record !== undefined ? 84 : Infinity).entries()) {
      const line = { at, text: index === 0 ? part : `  ${part}`, kind };
      lines.push(line);
      if (!live) process.stdout.write(`${plainText(storyLine(line, began, paint))}\n`);
    }
  };
  return {
    paint,
    beginPart: (shown) => {
      scene = shown;
      lines = [];
      if (!live) process.stdout.write(`\n${shown.heading}\n`);
    },
    show: (shown) => {
      scene = shown;
    },
    beginStep: (title) => {
      stepBegan = monotonicMicros();
      say(title, 'title');
    },
    say,
    close: () => {
      clearInterval(timer);
      draw();
    },
  };
}

/** A text in pieces of at most so many columns, broken between words. */
function wrapped(text: string, columns: number): readonly string[] {
  const pieces: string[] = [''];
  for (const word of text.split(' ')) {
    const last = pieces.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > columns) pieces.push(word);
    else pieces[pieces.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return pieces;
}

function prepareTerminal(): void {
  // Clear once, hide the cursor; give it back however we end.
  process.stdout.write('\u001b[2J\u001b[?25l');
  onExit(() => process.stdout.write('\u001b[?25h'));
}

// From the top left corner, each line cleared behind its text, then everything below: no flicker.
function redraw(lines: readonly string[]): void {
  const columns = process.stdout.columns ?? 100;
  const cut = lines.map((line) => cutTo(line, columns));
  process.stdout.write(`\u001b[H${cut.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
}

// A line longer than the terminal would wrap and push the picture down: cut it, leaving its colours complete.
function cutTo(line: string, columns: number): string {
  let room = columns - 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are kept whole
  return line.replace(/\u001b\[\d+m|[^\u001b]/gu, (part) => {
    if (part.length > 2) return part;
    room -= 1;
    return room >= 0 ? part : '';
  });
}

function recordFrame(file: string, began: number, lines: readonly string[]): void {
  appendFileSync(file, `${JSON.stringify({ at: monotonicMicros() - began, lines })}\n`);
}
