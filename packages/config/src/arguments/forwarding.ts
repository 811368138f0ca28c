import { suggest } from '../diagnostics/suggest.ts';
import type { Argument, Problem, Reading } from '../keywords/row.ts';
import type { Word } from '../language/words.ts';
import type { Forwarding } from '../lvs-types.ts';
import { corrected, isPlaceholder, missing, placeholder, plainly, refused } from './reading.ts';

type Tunnel = Extract<Forwarding, { method: 'TUN' }>['tunnel'];
type Checksum = 'nocsum' | 'csum' | 'remcsum';

const syntax = 'NAT|DR|TUN [type ipip|gue|gre] [port NUMBER] [nocsum|csum|remcsum]';
const methods = ['NAT', 'DR', 'TUN'];

/** `lb_kind`: how packets reach a real server. Behind TUN stands which tunnel; a wrong one becomes IPIP. */
export const forwarding: Argument<Forwarding> = {
  syntax,
  range: methods.join(', '),
  outside: 'the line is ignored',
  read: ({ words: [keyword, given, ...others] }) => {
    if (given === undefined) return missing(keyword.text, syntax);
    if (given.text === 'NAT' || given.text === 'DR') return withoutTunnel(given.text, others);
    if (given.text === 'TUN') return readTunnel(others.map(({ text }) => text));
    if (isPlaceholder(given.text)) return refused(placeholder(given.text, 1));
    const near = suggest(given.text, methods);
    return refused({
      code: 'unknown-value',
      message: `${keyword.text} does not know "${given.text}"`,
      word: 1,
      remedy: near === undefined ? `write one of ${methods.join(', ')}` : `did you mean ${near}?`,
    });
  },
};

/** Options of a tunnel mean nothing for another method; what is none is told all the same. */
function withoutTunnel(method: 'NAT' | 'DR', others: readonly Word[]): Reading<Forwarding> {
  const found = tunnelWords(others.map(({ text }) => text));
  if (typeof found !== 'string') return plainly({ method });
  const message = `"${found}" is no option of a tunnel, and ${method} is none`;
  return corrected(
    { method },
    { code: 'wrong-tunnel', message, word: 2, used: method, remedy: `write: ${method}` },
  );
}

interface TunnelWords {
  readonly type: string;
  readonly port: string | undefined;
  readonly checksum: Checksum | undefined;
}

function readTunnel(words: readonly string[]): Reading<Forwarding> {
  const found = tunnelWords(words);
  const judged = typeof found === 'string' ? unknownOption(found) : judge(found);
  return {
    value: { method: 'TUN', tunnel: judged.tunnel },
    problems: judged.problem === undefined ? [] : [judged.problem],
  };
}

/** @returns the word that nobody knows, if there is one */
function tunnelWords(words: readonly string[]): TunnelWords | string {
  let found: TunnelWords = { type: 'ipip', port: undefined, checksum: undefined };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === 'type') found = { ...found, type: words[++i] ?? '' };
    else if (word === 'port') found = { ...found, port: words[++i] ?? '' };
    else if (word === 'nocsum' || word === 'csum' || word === 'remcsum') found = { ...found, checksum: word };
    else return word;
  }
  return found;
}

interface Judged {
  readonly tunnel: Tunnel;
  readonly problem: Problem | undefined;
}

function judge({ type, port, checksum }: TunnelWords): Judged {
  const plain: Tunnel = { type: 'ipip' };
  if (type === 'gue') {
    const number = Number(port);
    if (!/^\d+$/.test(port ?? '') || number < 1 || number > 65_535) {
      return wrong(plain, 'a gue tunnel needs a port', 'write: type gue port NUMBER (1 to 65535)');
    }
    return right({ type, port: number, checksum: checksum ?? 'nocsum' });
  }
  if (type === 'gre') {
    const tunnel: Tunnel = { type, checksum: checksum === 'csum' ? 'csum' : 'nocsum' };
    if (port !== undefined) return wrong(tunnel, 'a gre tunnel has no port', 'remove the port');
    if (checksum === 'remcsum')
      return wrong(tunnel, 'a gre tunnel has no remote checksum', 'write csum or nocsum');
    return right(tunnel);
  }
  if (type !== 'ipip')
    return wrong(plain, `there is no tunnel type "${type}"`, 'write one of ipip, gue, gre');
  if (port !== undefined) return wrong(plain, 'an ipip tunnel has no port', 'remove the port');
  if (checksum !== undefined)
    return wrong(plain, 'an ipip tunnel has no checksum', 'remove it, or use type gue or gre');
  return right(plain);
}

const right = (tunnel: Tunnel): Judged => ({ tunnel, problem: undefined });

const wrong = (tunnel: Tunnel, message: string, remedy: string): Judged => ({
  tunnel,
  problem: {
    code: 'wrong-tunnel',
    message,
    word: 2,
    used: `a tunnel of type ${tunnel.type} is used`,
    remedy,
  },
});

const unknownOption = (word: string): Judged =>
  wrong({ type: 'ipip' }, `"${word}" is no option of a tunnel`, `write: ${syntax}`);
