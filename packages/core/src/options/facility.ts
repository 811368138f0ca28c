/** Syslog facility codes (RFC 5424 §6.2.1) by the names `-S` takes. */
const named: Readonly<Record<string, number>> = { user: 1, daemon: 3 };

/** The facility of keepalived(8) -S: 0-7 and local0-local7, user, daemon. @returns its code, or nothing */
export function facilityCode(text: string): number | undefined {
  const local = /^(?:local)?([0-7])$/.exec(text)?.[1];
  return local === undefined ? named[text] : 16 + Number(local);
}
