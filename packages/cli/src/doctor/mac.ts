/** `02:00:00:00:00:01` */
export const macText = (mac: Uint8Array): string =>
  (Buffer.from(mac).toString('hex').match(/../g) ?? []).join(':');
