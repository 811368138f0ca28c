import { runStory } from './fleet.ts';
import { generateStory } from './story/generate.ts';
import { shrink } from './story/shrink.ts';
import { observationInWords, runInWords, storyInWords } from './trace/words.ts';
import type { ShellKind } from './world/host.ts';
import type { Observer } from './world/observation.ts';

interface Options {
  readonly seeds: number;
  readonly from: number;
  /** Tell every story, not only the ones that break a rule. */
  readonly story: boolean;
  /** A story that breaks a rule is told as it is. */
  readonly long: boolean;
  readonly shell: ShellKind;
  readonly help: boolean;
}

const USAGE = `usage: simulator [--seeds N] [--from S] [--story] [--long] [--shell plain|router]
  --seeds N   how many stories, 200 by default
  --from S    the first seed, 1 by default
  --story     tell each story in words
  --long      do not make a story that breaks a rule short
  --shell     what runs around the logic: the plainest there can be (default), or the VRRP worker's own`;

/**
 * Runs the stories of some seeds. The first one that breaks a rule is made as short as it gets and told.
 * @param args as in USAGE
 * @param print takes one line
 * @returns the exit code: 0 when every rule held, 1 when one was broken, 2 when the arguments are wrong
 */
export function main(args: readonly string[], print: (line: string) => void): 0 | 1 | 2 {
  const options = parse(args);
  if (typeof options === 'string') {
    print(`${options}\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    print(USAGE);
    return 0;
  }
  let [adverts, masters] = [0, 0];
  for (let seed = options.from; seed < options.from + options.seeds; seed++) {
    if (options.story) tell(seed, options.shell, print);
    const run = runStory(generateStory(seed), undefined, options.shell);
    adverts += run.adverts;
    masters += run.masters;
    if (run.violation !== undefined) {
      for (const line of shortestFailure(seed, options.shell, options.long ? 0 : undefined)) print(line);
      return 1;
    }
  }
  print(
    `${options.seeds} stories from seed ${options.from} on: every rule held (${adverts} adverts, ${masters} times a new master)`,
  );
  return 0;
}

function parse(args: readonly string[]): Options | string {
  let options: Options = { seeds: 200, from: 1, story: false, long: false, shell: 'plain', help: false };
  for (let i = 0; i < args.length; i++) {
    const [name = '', value = ''] = [args[i], args[i + 1]];
    if (name === '--story') options = { ...options, story: true };
    else if (name === '--long') options = { ...options, long: true };
    else if (name === '--help' || name === '-h') options = { ...options, help: true };
    else if (name === '--shell') {
      if (value !== 'plain' && value !== 'router') return `--shell is plain or router, not '${value}'`;
      options = { ...options, shell: value };
      i++;
    } else if (name !== '--seeds' && name !== '--from') return `unknown option ${name}`;
    else if (!/^\d+$/.test(value)) return `${name} takes a whole number, not '${value}'`;
    else {
      options =
        name === '--seeds' ? { ...options, seeds: Number(value) } : { ...options, from: Number(value) };
      i++;
    }
  }
  return options;
}

function tell(seed: number, shell: ShellKind, print: (line: string) => void): void {
  const story = generateStory(seed);
  for (const line of storyInWords(story)) print(line);
  print('what happens:');
  const listener: Observer = (o) => {
    const words = observationInWords(o);
    if (words !== undefined) print(words);
  };
  const run = runStory(story, listener, shell);
  print(`${runInWords(story, run)}\n`);
}

/**
 * The story of a seed that breaks a rule, as short as it gets, in words.
 * @param budget how many candidates are tried at most; 0 leaves the story as it is
 */
export function shortestFailure(
  seed: number,
  shell: ShellKind = 'plain',
  budget?: number,
): readonly string[] {
  const long = generateStory(seed);
  const story = shrink(long, (candidate) => runStory(candidate, undefined, shell).violation, budget);
  const happened: string[] = [];
  const listener: Observer = (o) => {
    const words = observationInWords(o);
    if (words !== undefined) happened.push(words);
  };
  const run = runStory(story, listener, shell);
  return [
    `seed ${seed} breaks a rule; the story told here has ${story.fleet.length} routers and ${story.acts.length} acts (of ${long.fleet.length} and ${long.acts.length}):`,
    ...storyInWords(story),
    'what happens:',
    ...happened,
    runInWords(story, run),
  ];
}
