import type { FileSystem } from '../files/file-system.ts';
import { decodeSource } from '../language/source.ts';

/** Where a definition of this `vrrp_script` stands behind comment signs, as `FILE:LINE`. */
export function findCommentedDefinition(
  name: string,
  sources: { readonly files: FileSystem; readonly filesRead: readonly string[] },
): string | undefined {
  for (const file of sources.filesRead) {
    const bytes = sources.files.read(file);
    if (!bytes.ok) continue;
    const index = decodeSource(bytes.value).lines.findIndex((line) => {
      const [, found] = /^\s*[#!][#!\s]*vrrp_script\s+"?([^\s"{]+)/.exec(line) ?? [];
      return found === name;
    });
    if (index >= 0) return `${file}:${index + 1}`;
  }
  return undefined;
}
