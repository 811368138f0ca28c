import type { Accounts } from './identity.ts';

/**
 * The same accounts, each looked up once: a name that /etc/passwd does not have costs a process, and a configuration with
 * a thousand scripts asks a thousand times.
 */
export function rememberedAccounts(accounts: Accounts): Accounts {
  return {
    user: remembered((name) => accounts.user(name)),
    groupId: remembered((name) => accounts.groupId(name)),
    own: () => accounts.own(),
  };
}

function remembered<Value>(lookUp: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (name) => {
    const found = known.get(name) ?? { value: lookUp(name) };
    known.set(name, found);
    return found.value;
  };
}
