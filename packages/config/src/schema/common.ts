import type { IpAddress, Micros } from '@holdfast/kit';
import type { ScriptCommand, ScriptUser } from '../script-command.ts';
import { about, list, object, optional, type SchemaOf, shared, text } from './schema.ts';

/** Times are whole microseconds. */
export const micros: SchemaOf<Micros> = { json: { type: 'integer', minimum: 0, 'x-unit': 'microseconds' } };

export const address = shared<IpAddress>('address', {
  json: {
    type: 'string',
    description: 'An IP address in its shortest spelling.',
    anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }],
  },
});

const scriptUser = shared<ScriptUser>(
  'scriptUser',
  about(
    'Who runs a program: name or number of the user, and of the group where it is not his own.',
    object<ScriptUser>({ user: text, group: optional(text) }),
  ),
);

const argv: SchemaOf<ScriptCommand['argv']> = { json: { ...list(text).json, minItems: 1 } };

const command = shared<ScriptCommand>(
  'command',
  about(
    'A program with its arguments, and who runs it.',
    object<ScriptCommand>({ argv, runAs: optional(scriptUser.schema) }),
  ),
);

export const [userSchema, commandSchema] = [scriptUser.schema, command.schema];

export const commonDefinitions = [address, scriptUser, command];
