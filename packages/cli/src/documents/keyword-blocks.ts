import { type KeywordFacts, keywordFacts } from '@holdfast/config';

/** Keywords that stand side by side. */
export interface KeywordBlock {
  /** `vrrp_instance.authentication`; empty for the outermost. */
  readonly path: string;
  readonly keywords: readonly KeywordFacts[];
}

/** The whole table, block by block: each behind the one that it stands in. */
export function keywordBlocks(): readonly KeywordBlock[] {
  const blocks = new Map<string, KeywordFacts[]>();
  for (const facts of keywordFacts()) {
    const path = facts.path.slice(0, -facts.keyword.length).replace(/\.$/, '');
    const known = blocks.get(path);
    if (known === undefined) blocks.set(path, [facts]);
    else known.push(facts);
  }
  return [...blocks].map(([path, keywords]) => ({ path, keywords }));
}

/** The outermost keyword of a block: `vrrp_instance`. */
export const rootOf = ({ path }: KeywordBlock): string => path.split('.')[0] ?? '';
