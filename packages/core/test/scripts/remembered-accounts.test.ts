import { expect, test } from 'vitest';
import type { Accounts } from '../../src/scripts/identity.ts';
import { rememberedAccounts } from '../../src/scripts/remembered-accounts.ts';

test('every name is looked up once, the unknown ones too', () => {
  const asked: string[] = [];
  const machine: Accounts = {
    user(name) {
      asked.push(name);
      return name === 'www' ? { user: name, uid: 33, gid: 33 } : undefined;
    },
    groupId(name) {
      asked.push(`group ${name}`);
      return name === 'www' ? 33 : undefined;
    },
    own: () => ({ user: 'root', uid: 0, gid: 0 }),
  };
  const accounts = rememberedAccounts(machine);
  for (let time = 0; time < 3; time++) {
    expect(accounts.user('www')?.uid).toBe(33);
    expect(accounts.user('keepalived_script')).toBeUndefined();
    expect(accounts.groupId('www')).toBe(33);
    expect(accounts.groupId('nobody')).toBeUndefined();
    expect(accounts.own().uid).toBe(0);
  }
  expect(asked).toEqual(['www', 'keepalived_script', 'group www', 'group nobody']);
});
