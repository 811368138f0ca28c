import { monotonicMicros } from '../lab-support/monotonic.ts';
import { inSeconds } from './acts.ts';
import { type Paint, plainWidth } from './paint.ts';

export interface StoryLine {
  /** Microseconds of CLOCK_MONOTONIC. */
  readonly at: number;
  readonly text: string;
  readonly kind: 'title' | 'detail' | 'good' | 'bad';
}

/** What the screen tells besides the stage: where the story is. */
export interface Telling {
  readonly began: number;
  readonly stepBegan: number;
  readonly lines: readonly StoryLine[];
}

/** What a part of the demo shows above its story. */
export interface Scene {
  readonly heading: string;
  /** @param now microseconds of CLOCK_MONOTONIC */
  readonly draw: (telling: Telling, paint: Paint, now: number) => readonly string[];
}

export const pictureWidth = 96;
/** Lines of a terminal that is not made larger: the picture should fit into it. */
const usualHeight = 24;
const mostStoryLines = 12;

/** The whole picture as lines of text: the scene above, the story so far below. */
export function picture(scene: Scene, telling: Telling, paint: Paint): readonly string[] {
  const now = monotonicMicros();
  const rule = paint.dim('─'.repeat(pictureWidth));
  const above = [
    spread(paint.bold(` ${scene.heading}`), `${inSeconds(now - telling.began)} `),
    rule,
    ...scene.draw(telling, paint, now),
    rule,
  ];
  const room = Math.min(mostStoryLines, Math.max(4, usualHeight - 1 - above.length));
  return [...above, ...telling.lines.slice(-room).map((line) => ` ${storyLine(line, telling.began, paint)}`)];
}

/** One line of the story with its time, as it is printed where there is no screen too. */
export function storyLine(line: StoryLine, began: number, paint: Paint): string {
  const time = paint.dim(inSeconds(line.at - began).padStart(7));
  switch (line.kind) {
    case 'title':
      return `${time}  ${paint.bold(line.text)}`;
    case 'good':
      return `${time}    ${paint.green(`✓ ${line.text}`)}`;
    case 'bad':
      return `${time}    ${paint.red(`✗ ${line.text}`)}`;
    case 'detail':
      return `${time}    ${line.text}`;
  }
}

const spread = (left: string, right: string): string =>
  left + ' '.repeat(Math.max(1, pictureWidth - plainWidth(left) - plainWidth(right))) + right;
