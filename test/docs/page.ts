import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../lab-support/root-folder.ts';

/** What a page has its reader do, in order. The words stand in comments before the blocks, where no reader sees them. */
export type Step =
  | { readonly kind: 'machine'; readonly name: string; readonly cards: Readonly<Record<string, string>> }
  | { readonly kind: 'prepare'; readonly machines: readonly string[]; readonly script: string }
  | {
      readonly kind: 'run';
      readonly machines: readonly string[];
      readonly status: number;
      readonly script: string;
    }
  | {
      readonly kind: 'file';
      readonly machines: readonly string[];
      readonly path: string;
      readonly text: string;
    }
  | { readonly kind: 'prints'; readonly lines: readonly string[] }
  | { readonly kind: 'not run'; readonly reason: string }
  | { readonly kind: 'wrong'; readonly what: string };

/** The guides; pages that are generated speak for themselves. */
export const pages = [
  'classic-pair.md',
  'lvs-dr.md',
  'lvs-nat.md',
  'service.md',
  'docker.md',
  'cloud-unicast.md',
  'from-keepalived.md',
  'pitfalls.md',
];

/** @param path from the folder docs */
export const pageText = (path: string): string => readFileSync(join(rootFolder, 'docs', path), 'utf8');

export const example = (path: string): string => readFileSync(join(rootFolder, path), 'utf8');

/** The steps of a page; a block without a word on it, and a word that is not known, are steps that are wrong. */
export function stepsOf(text: string): readonly Step[] {
  const pattern = /^<!-- ([\s\S]*?) -->$|^```(\w*)\n([\s\S]*?)^```$/gm;
  const found = [...text.matchAll(pattern)].map(([, word, , block]) => ({ word, block }));
  return found.flatMap(({ word, block }, index) => {
    if (word === undefined) {
      const before = found[index - 1]?.word;
      return before === undefined ? [wrong(`a block that nothing is said of: ${block}`)] : [];
    }
    return [stepOf(word, found[index + 1]?.block)];
  });
}

const wrong = (what: string): Step => ({ kind: 'wrong', what });

function stepOf(word: string, block: string | undefined): Step {
  const [, kind = word, rest = ''] = /^([a-z ]+?)(?:: ([\s\S]*))?$/.exec(word) ?? [];
  switch (kind) {
    case 'machine':
      return machineStep(rest);
    case 'prepare': {
      const [, machines = '', script = ''] = /^([\w ]+): ([\s\S]*)$/.exec(rest) ?? [];
      return { kind, machines: machines.split(' '), script };
    }
    case 'run': {
      const [, machines = '', status = '0'] = /^([\w ]+?)(?:, status (\d+))?$/.exec(rest) ?? [];
      if (block === undefined) return wrong(`nothing to run: ${word}`);
      return { kind, machines: machines.split(' '), status: Number(status), script: block };
    }
    case 'file':
      return fileStep(rest, block);
    case 'prints':
      return { kind, lines: (block ?? '').trim().split('\n') };
    case 'not run':
      return { kind, reason: rest };
    default:
      return wrong(word);
  }
}

function machineStep(rest: string): Step {
  const [name = '', ...words] = rest.split(' ');
  const cards: Record<string, string> = {};
  for (let at = 0; at < words.length; at += 2) cards[words[at] ?? ''] = words[at + 1] ?? '';
  return { kind: 'machine', name, cards };
}

/** `MACHINE...: PATH [= EXAMPLE][, not shown]`: a block that is an example must be that file, word for word. */
function fileStep(rest: string, block: string | undefined): Step {
  const [, machines = '', path = '', source, hidden] =
    /^([\w ]+): (\S+?)(?: = ([^\s,]+))?(, not shown)?$/.exec(rest) ?? [];
  const text = hidden === undefined ? block : example(source ?? '');
  if (text === undefined) return wrong(`no text for ${rest}`);
  if (source !== undefined && text !== example(source)) return wrong(`the block is not ${source}`);
  return { kind: 'file', machines: machines.split(' '), path, text };
}
