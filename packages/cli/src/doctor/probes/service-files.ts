import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { IpAddress } from '@holdfast/kit';
import type { BoundInFile } from '../facts.ts';
import { textOf } from './text.ts';

/** Where distributions keep the files of servers that are often put behind a virtual address. */
const folders = ['/etc/nginx', '/etc/haproxy', '/etc/apache2', '/etc/httpd/conf', '/etc/httpd/conf.d'];
const mostFiles = 500;
const mostBytes = 1_000_000;

/** `listen 10.0.0.9:80` of nginx, `bind 10.0.0.9:80` of HAProxy, `Listen 10.0.0.9:80` of Apache. */
const statement = /^\s*(?:listen|bind)\s+\[?([\da-f.:]+?)\]?:(\d+)\b/i;

/** Services that their files bind to one of these addresses, whether they run or not. */
export function boundInFiles(virtual: ReadonlySet<IpAddress>): readonly BoundInFile[] {
  if (virtual.size === 0) return [];
  const known = new Map([...virtual].map((address) => [String(address), address]));
  return folders.flatMap(filesIn).flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((text, index): readonly BoundInFile[] => {
        const [, written = '', port] = statement.exec(text) ?? [];
        const address = known.get(written);
        return address === undefined ? [] : [{ place: `${path}:${index + 1}`, address, port: Number(port) }];
      }),
  );
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .slice(0, mostFiles)
      .map((name) => join(folder, name))
      .filter((path) => {
        const found = statSync(path, { throwIfNoEntry: false });
        return found?.isFile() === true && found.size <= mostBytes;
      });
  } catch {
    return [];
  }
}
