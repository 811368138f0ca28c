import { type Config, withoutSecrets } from '@holdfast/config';
import { expect, test } from 'vitest';
import { instance, parse } from './parse.ts';

const text = (password: string): string => `${instance(`authentication {
  auth_type PASS
  auth_pass ${password}
}`)}SSL {
  password ${password}
  key /etc/key.pem
}
virtual_server 10.0.0.100 443 {
  lb_kind NAT
  protocol TCP
  real_server 10.0.0.3 443 {
    SSL_GET {
      url {
        path /
        status_code 200
      }
    }
  }
  real_server 10.0.0.4 443 {
    TCP_CHECK {
    }
  }
}
`;
const configOf = (password: string): Config => parse(text(password)).config;

test('no password is left, whoever uses it, and all else is', () => {
  expect(JSON.stringify(configOf('swordfsh')).match(/swordfsh/g)).toHaveLength(2);
  const without = withoutSecrets(configOf('swordfsh'));
  expect(JSON.stringify(without)).not.toContain('swordfsh');
  expect(without).toEqual(withoutSecrets(configOf('othrword')));
  expect(JSON.stringify(without).replaceAll('"password":""', '"password":"swordfsh"')).toBe(
    JSON.stringify(configOf('swordfsh')),
  );
});
