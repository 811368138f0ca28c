import { type Context, reportAt } from '../build/context.ts';
import { nodeOf, readValue } from '../build/read.ts';
import type { FileSystem } from '../files/file-system.ts';
import { rootRows } from '../keywords/root.ts';

/** Where `ip netns add` keeps the names of network namespaces. */
const folder = '/run/netns';

/**
 * The namespace of the whole configuration is not there: keepalived's test ends at that point and finds nothing wrong,
 * whatever else stands in the file. What is told stays told; the verdict is keepalived's.
 */
export function missingNamespace(context: Context, files: FileSystem): void {
  const root = { children: context.tree.nodes };
  const name = readValue(root, rootRows.net_namespace);
  const node = nodeOf(root, rootRows.net_namespace);
  if (name === undefined || node === undefined || files.stat(`${folder}/${name}`) !== undefined) return;
  context.reporter.excuse();
  reportAt(context, node.statement, undefined, {
    code: 'namespace-missing',
    severity: 'note',
    message: `there is no network namespace ${name}; without it keepalived -t looks at nothing but the text of global settings`,
    word: 1,
    used: 'its verdict, which is that all is well',
    remedy: `run: ip netns add ${name}`,
  });
}
