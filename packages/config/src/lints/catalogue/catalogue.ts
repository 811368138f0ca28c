import type { DocumentedLint } from './documented.ts';
import { languageLints } from './language.ts';
import { poolLints } from './pools.ts';
import { routerLints } from './routers.ts';
import { scriptLints } from './scripts.ts';

/** Every lint: what keepalived takes without a word and we remark. */
export const lintCatalogue: readonly DocumentedLint[] = [
  ...routerLints,
  ...scriptLints,
  ...poolLints,
  ...languageLints,
];
