/** SHA-256, in hexadecimal, over what the addon is built from. */
export function sourceHash(): string;
