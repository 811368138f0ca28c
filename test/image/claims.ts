/** Says of each claim whether it holds, one a line, for test/package/claims.mjs to count. */
export function claim(sentence: string, holds: boolean, why: () => string = () => ''): void {
  process.stdout.write(`${holds ? 'ok' : 'not ok'} ${sentence}\n`);
  if (!holds) remark(why());
}

/** A line for people. */
export function remark(text: string): void {
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    process.stdout.write(`# ${line}\n`);
  }
}

/** A claim that what is expected was found, showing both where it was not. */
export function claimEqual(sentence: string, found: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  claim(sentence, is === should, () => `expected ${should}\nfound    ${is}`);
}

/** A claim that a text contains words, showing the text where it does not. */
export function claimSays(sentence: string, text: string, ...words: readonly string[]): void {
  const missing = words.filter((each) => !text.includes(each));
  claim(sentence, missing.length === 0, () => `missing: ${missing.join(' | ')}\n${text}`);
}
