import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';

/** Milliseconds; the script that asks has two seconds. */
const patience = 1800;

/**
 * Asks for a page once. Certificates are not looked at: the page is asked where it lives, by an address they do not name.
 * @returns why it is no good; undefined when it is (status 2xx or 3xx)
 */
export function probePage(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const get = url.startsWith('https:') ? getSecure : getPlain;
    const request = get(url, { agent: false, rejectUnauthorized: false }, (response) => {
      const status = response.statusCode ?? 0;
      response.destroy();
      resolve(status >= 200 && status < 400 ? undefined : `${url} answers with status ${status}`);
    });
    const timer = setTimeout(() => request.destroy(new TypeError(`no answer in ${patience} ms`)), patience);
    request.on('close', () => clearTimeout(timer));
    request.on('error', (error) => resolve(`${url}: ${error.message}`));
  });
}
