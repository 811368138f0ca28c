/** For what is better done, and no loss when the kernel refuses. @param call a call whose only failure is a refusal */
export function attempt(call: () => void): void {
  try {
    call();
  } catch {
    // Refused: what was there before goes on.
  }
}
