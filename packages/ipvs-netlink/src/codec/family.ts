import { readAttributes, readU16, text } from './attributes.ts';

/** The generic netlink controller (linux/genetlink.h): its message type and the one command that is needed. */
export const controller = { type: 0x10, getFamily: 3, familyId: 1, familyName: 2 } as const;

/** The attributes of CTRL_CMD_GETFAMILY. Asking makes the kernel load the module, where it can. */
export const encodeFamilyName = (name: string): Uint8Array => text(controller.familyName, name);

/** @param bytes the attributes of its reply @returns the message type of the family, another on every machine */
export const decodeFamilyId = (bytes: Uint8Array): number | undefined =>
  readU16(readAttributes(bytes).get(controller.familyId));
