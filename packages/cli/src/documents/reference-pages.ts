import type { KeywordFacts } from '@holdfast/config';
import { type KeywordBlock, keywordBlocks, rootOf } from './keyword-blocks.ts';
import { whatHolds, writtenAs } from './keyword-text.ts';

/** The reference as Markdown, a page for each outermost block, by file name; README.md is the way in. */
export function referencePages(): ReadonlyMap<string, string> {
  const blocks = keywordBlocks();
  const outermost = blocks.find(({ path }) => path === '')?.keywords ?? [];
  const roots = [...new Set(blocks.filter(({ path }) => path !== '').map(rootOf))];
  const pages = roots.map(
    (root) =>
      [
        pageName(root),
        page(
          root,
          outermost,
          blocks.filter((block) => block.path !== '' && rootOf(block) === root),
        ),
      ] as const,
  );
  return new Map([['README.md', index(outermost, roots)], ...pages]);
}

const pageName = (root: string): string => `${titleOf(root)}.md`;
const titleOf = (root: string): string => (root === '(lexical)' ? 'language' : root);

const index = (outermost: readonly KeywordFacts[], roots: readonly string[]): string =>
  [
    '# Reference of the configuration\n',
    'From the keyword table of the daemon; `holdfast explain KEYWORD` tells the same.\n',
    ...outermost.map((facts) => {
      const name = `\`${writtenAs(facts)}\``;
      return `- ${roots.includes(facts.keyword) ? `[${name}](${pageName(facts.keyword)})` : name}: ${facts.meaning}`;
    }),
    '- [configuration.schema.json](configuration.schema.json): what the daemon makes of all this, as `holdfast show config --typed` prints it',
    ...(roots.includes('(lexical)') ? [`- [the language itself](${pageName('(lexical)')})`] : []),
    '',
  ].join('\n');

function page(root: string, outermost: readonly KeywordFacts[], blocks: readonly KeywordBlock[]): string {
  const own = outermost.find(({ keyword }) => keyword === root);
  return [
    `# ${titleOf(root)}\n`,
    ...(own === undefined ? [] : [[own.meaning, ...whatHolds(own)].join(' '), '']),
    ...blocks.flatMap(({ path, keywords }) => [
      ...(path === root ? [] : [`## ${path}\n`]),
      ...keywords.map(
        (facts) => `- **\`${writtenAs(facts)}\`** ${[facts.meaning, ...whatHolds(facts)].join(' ')}`,
      ),
      '',
    ]),
  ].join('\n');
}
