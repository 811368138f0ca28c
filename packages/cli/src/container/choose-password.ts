import { fail, ok, type Result } from '@holdfast/kit';
import type { Facts } from './facts.ts';
import { type Obstacle, obstacle, type Sourced, sourced } from './obstacle.ts';

/** RFC 2338 §10.2: the field has eight bytes; keepalived cuts off the rest without stopping. */
const longest = 8;

/** The password; undefined where none is wished for. A file's last line break is none of it. */
export function choosePassword({
  environment,
  passwordFile,
}: Pick<Facts, 'environment' | 'passwordFile'>): Result<Sourced<string> | undefined, Obstacle> {
  const file = environment['HOLDFAST_AUTH_PASS_FILE']?.trim();
  if (file) {
    return passwordFile === undefined
      ? fail(obstacle(`HOLDFAST_AUTH_PASS_FILE=${file} cannot be read`, 'mount the secret there'))
      : judged(passwordFile.replace(/\r?\n$/, ''), 'HOLDFAST_AUTH_PASS_FILE');
  }
  const text = environment['HOLDFAST_AUTH_PASS'];
  return text === undefined || text === '' ? ok(undefined) : judged(text, 'HOLDFAST_AUTH_PASS');
}

function judged(password: string, from: string): Result<Sourced<string>, Obstacle> {
  if (Buffer.byteLength(password) > longest)
    return fail(
      obstacle(
        `${from} is longer than the ${longest} bytes that VRRP has room for`,
        'shorten it on all routers alike',
      ),
    );
  // What else the language of the file gives a meaning, or a shell that made the variable.
  if (!/^[\w.:;,+/=^%-]+$/.test(password))
    return fail(
      obstacle(`${from} is empty or has odd characters`, 'use letters, digits and - . : ; , + / = ^ % _'),
    );
  return ok(sourced(password, from));
}
