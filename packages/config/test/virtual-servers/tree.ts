import { memoryFiles } from '@holdfast/config';
import { seededRandom } from '@holdfast/kit';
import { noChecks } from '../../src/language/include.ts';
import { allOf } from '../../src/language/lines.ts';
import { preprocess } from '../../src/language/preprocess.ts';
import type { Tree } from '../../src/parser/node.ts';
import { parseTree } from '../../src/parser/parse-tree.ts';

/** The tree of keywords of a text, without anything built from it. */
export function treeOf(text: string): Tree {
  const { lines } = preprocess({
    pattern: '/a.conf',
    directory: '/',
    files: memoryFiles({ '/a.conf': text }),
    configId: 'r1',
    environment: {},
    random: seededRandom(1),
    includeChecks: noChecks,
    report: () => undefined,
  });
  return parseTree([allOf(lines)], () => undefined);
}
