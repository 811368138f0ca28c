import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts the real folders into the scripts and units of a library. */
export function fillPlaces(library, { lib, sbin }) {
  const names = readdirSync(library, { withFileTypes: true }).filter((entry) => entry.isFile());
  const files = [
    ...names.map(({ name }) => name).filter((name) => /^(?:service-|holdfast\.(?:init|service)$)/.test(name)),
    ...readdirSync(join(library, 'bin')).map((name) => join('bin', name)),
  ];
  for (const file of files) {
    const path = join(library, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('@LIB@', lib).replaceAll('@SBIN@', sbin));
  }
}
