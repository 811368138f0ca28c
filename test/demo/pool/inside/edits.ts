import { type ServerName, serverAddress } from '../cast.ts';

// What the story does to conf/demo/director.conf, as an operator would in an editor.

/** A real_server block of `server`: its first line, with the address in two pieces, and the rest. */
const blocksOf = (server: ServerName): RegExp =>
  new RegExp(
    `^( +real_server )${serverAddress(server).replaceAll('.', '\\.')}( \\d+ \\{\\n[\\s\\S]*?\\n    \\}\\n)`,
    'gm',
  );

/** Adds a server to every pool that `model` is in, with the same settings. */
export const withServer = (config: string, model: ServerName, added: ServerName): string =>
  config.replace(
    blocksOf(model),
    (block: string, start: string, rest: string) => `${block}${start}${serverAddress(added)}${rest}`,
  );

/** Gives a server the weight 0 in every pool. */
export const drained = (config: string, server: ServerName): string =>
  config.replace(blocksOf(server), (block: string) => block.replace(/weight \d+/, 'weight 0'));
