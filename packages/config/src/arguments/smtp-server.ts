import { type IpAddress, parseAddress } from '@holdfast/kit';
import type { Argument } from '../keywords/row.ts';
import { isPlaceholder, missing, placeholder, plainly, refused } from './reading.ts';

/** Where mails go: a name is looked up when one is sent. */
export interface SmtpServer {
  readonly host: string;
  readonly address: IpAddress | undefined;
  readonly port: number;
}

/** `HOST|ADDRESS [PORT]` */
export const smtpServer: Argument<SmtpServer> = {
  syntax: 'HOST|ADDRESS [PORT]',
  range: 'port 1 to 65535',
  outside: 'the line is ignored',
  read: ({ words: [keyword, host, port] }) => {
    if (host === undefined) return missing(keyword.text, 'HOST|ADDRESS [PORT]');
    if (isPlaceholder(host.text)) return refused(placeholder(host.text, 1));
    const number = port === undefined ? 25 : Number(port.text);
    const fits = port === undefined || (/^\d{1,5}$/.test(port.text) && number >= 1 && number <= 65_535);
    if (fits) return plainly({ host: host.text, address: parseAddress(host.text), port: number });
    const message = `"${port?.text ?? ''}" is not a port`;
    return refused({
      code: 'bad-port',
      message,
      word: 2,
      remedy: 'write a number from 1 to 65535; names of services are not looked up',
    });
  },
};
