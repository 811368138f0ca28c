/** A configuration to be judged: bytes, one a character (latin1), so that every byte can be written and cut. */
export interface FuzzCase {
  readonly text: string;
  /** Further files of its folder, by name. */
  readonly others: Readonly<Record<string, string>>;
}

export const plainCase = (text: string): FuzzCase => ({ text, others: {} });

/** UTF-8 as the bytes that it is made of. */
export const asBytes = (text: string): string => Buffer.from(text).toString('latin1');
