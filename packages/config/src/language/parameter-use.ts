const use = /^\$(?:\{(\w+)\}|(\w+))$/;

/** The name in a word that is nothing but the use of a parameter, `$NAME` or `${NAME}`. */
export function parameterUsed(word: string): string | undefined {
  const [, braced, plain] = use.exec(word) ?? [];
  return braced ?? plain;
}

/** keepalived leaves such a word as it stands, and says nothing of it. */
const undefinedParameterText = (name: string): { readonly message: string; readonly remedy: string } => ({
  message: `no parameter ${name} is defined up to here`,
  remedy: `define it above with a line $${name}=VALUE, or name the machine for which an @ID line does with -i`,
});

/** Where the word that a complaint is about is a parameter that nobody has defined, that is the mistake. */
export function explainedByParameter<
  T extends { readonly message: string; readonly remedy?: string | undefined },
>(word: string | undefined, complaint: T): T {
  const name = word === undefined ? undefined : parameterUsed(word);
  if (name === undefined) return complaint;
  const { message, remedy } = undefinedParameterText(name);
  return { ...complaint, message: `${complaint.message}: ${message}`, remedy };
}
