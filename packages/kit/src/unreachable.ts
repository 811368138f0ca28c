/**
 * Ends a `switch` over a union: the compiler refuses the call while a case is missing.
 * @throws when a value outside the union got here all the same (a bug, or data from outside that was not checked)
 */
export function unreachable(value: never): never {
  throw new TypeError(`a case was not handled: ${JSON.stringify(value)}`);
}
