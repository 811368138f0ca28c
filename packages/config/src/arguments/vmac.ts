import { type IpAddress, parseAddress } from '@holdfast/kit';
import type { Argument, Problem } from '../keywords/row.ts';

/** `use_vmac`: what is not given has its usual value. */
export interface VmacWords {
  readonly name: string | undefined;
  /** Five or six octets in hexadecimal digits; the sixth is the router's number if it is missing. */
  readonly mac: string | undefined;
  readonly group: string | undefined;
  readonly notifyByNetlink: boolean;
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

const macText = /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){4,5}$/i;
/** Names that the kernel takes for an interface. */
const isDeviceName = (text: string): boolean => Buffer.byteLength(text) <= 15 && !/[\s/:]/.test(text);

export const vmac: Argument<VmacWords> = {
  syntax: '[NAME | name NAME] [MAC] [netlink_notify_msg] [group GROUP]',
  range: 'a name of at most 15 bytes; a MAC address of 5 or 6 octets that is no group address',
  outside: 'that word is ignored',
  read: ({ words }) => {
    const draft: Draft<VmacWords> = {
      name: undefined,
      mac: undefined,
      group: undefined,
      notifyByNetlink: false,
    };
    const problems: Problem[] = [];
    for (let at = 1; at < words.length; at++) {
      const text = words[at]?.text ?? '';
      if (text === 'netlink_notify_msg') draft.notifyByNetlink = true;
      else if (text === 'group') draft.group = words[++at]?.text;
      else if (macText.test(text)) problems.push(...setMac(draft, text, at));
      else problems.push(...setName(draft, text === 'name' ? (words[++at]?.text ?? '') : text, at));
    }
    return { value: draft, problems };
  },
};

function setMac(draft: Draft<VmacWords>, text: string, word: number): Problem[] {
  const isGroup = (Number.parseInt(text, 16) & 1) === 1;
  const isOfTheRfc = /^0?0:0?0:5e:0?0:0?[12]:/i.test(text);
  if (!isGroup && !isOfTheRfc) {
    draft.mac = text;
    return [];
  }
  const message = isGroup ? `${text} is a group address` : `${text} belongs to the RFC's own range`;
  return [
    { code: 'bad-mac', message, word, used: 'the usual address', remedy: 'write a unicast address, or none' },
  ];
}

function setName(draft: Draft<{ name: string | undefined }>, text: string, word: number): Problem[] {
  if (draft.name === undefined && text !== '' && isDeviceName(text)) {
    draft.name = text;
    return [];
  }
  if (draft.name !== undefined) {
    const message = `the interface is named ${draft.name} already`;
    return [{ code: 'given-twice', message, word, used: draft.name, remedy: `remove ${text}` }];
  }
  const message = `"${text}" is no name for an interface`;
  return [
    {
      code: 'bad-name',
      message,
      word,
      used: 'the usual name',
      remedy: 'write at most 15 bytes, without / and :',
    },
  ];
}

const modes = ['bridge', 'private', 'vepa'] as const;
type Mode = (typeof modes)[number];
const isMode = (text: string): text is Mode => modes.some((mode) => mode === text);

/** `use_ipvlan`: what is not given has its usual value. */
export interface IpvlanWords {
  readonly name: string | undefined;
  readonly address: IpAddress | undefined;
  readonly prefixLength: number | undefined;
  readonly mode: Mode | undefined;
  readonly group: string | undefined;
}

export const ipvlan: Argument<IpvlanWords> = {
  syntax: '[NAME | name NAME] [ADDRESS[/LENGTH]] [bridge|private|vepa] [group GROUP]',
  range: 'each at most once',
  outside: 'that word is ignored',
  read: ({ words }) => {
    const draft: Draft<IpvlanWords> = {
      name: undefined,
      address: undefined,
      prefixLength: undefined,
      mode: undefined,
      group: undefined,
    };
    const problems: Problem[] = [];
    for (let at = 1; at < words.length; at++) {
      const text = words[at]?.text ?? '';
      if (text === 'group') draft.group = words[++at]?.text;
      else if (isMode(text)) problems.push(...setMode(draft, text, at));
      else if (parseAddress(text.split('/')[0] ?? '') !== undefined)
        problems.push(...setAddress(draft, text, at));
      else problems.push(...setName(draft, text === 'name' ? (words[++at]?.text ?? '') : text, at));
    }
    return { value: draft, problems };
  },
};

function setMode(draft: Draft<IpvlanWords>, mode: Mode, word: number): Problem[] {
  if (draft.mode === undefined) {
    draft.mode = mode;
    return [];
  }
  const message = `the mode is ${draft.mode} already`;
  return [{ code: 'given-twice', message, word, used: draft.mode, remedy: `remove ${mode}` }];
}

function setAddress(draft: Draft<IpvlanWords>, text: string, word: number): Problem[] {
  if (draft.address !== undefined) {
    const message = `the address is ${draft.address} already`;
    return [{ code: 'given-twice', message, word, used: draft.address, remedy: `remove ${text}` }];
  }
  const [first = '', length] = text.split('/');
  draft.address = parseAddress(first);
  draft.prefixLength = length !== undefined && /^\d{1,3}$/.test(length) ? Number(length) : undefined;
  return [];
}
