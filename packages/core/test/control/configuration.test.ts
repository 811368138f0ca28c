import { expect, test } from 'vitest';
import { configuration as schema } from '../../src/control/api/index.ts';
import { configuration, office } from './office.ts';

test('the configuration in force is told as it is, with how its file is read', () => {
  const answer = office().desk.configuration();
  expect(schema.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject({
    configurationFile: '/etc/keepalived/keepalived.conf',
    directory: '/',
    withVrrp: true,
    withChecks: true,
    configuration,
  });
});
