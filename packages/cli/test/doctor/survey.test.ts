import { expect, test } from 'vitest';
import type { Facts } from '../../src/doctor/facts.ts';
import { ears, questions } from '../../src/doctor/survey.ts';
import { instance, link, machine, on } from './machine.ts';

const six = instance('', 'fd00::5/64');
const config = ({ configuration }: Facts) => configuration.result.config;
const heardOn = (facts: Facts): readonly string[] =>
  ears(config(facts), facts).map((ear) => `${ear.link.name} ${ear.family}`);
const asked = (facts: Facts): readonly string[] =>
  questions(config(facts), facts).map((one) => `${one.address} from ${one.from ?? 'nobody'}`);

test.each([
  ['the family of its instance', machine(), ['eth0 4']],
  ['both families of two', machine(instance() + six.replace('V1', 'V2')), ['eth0 4', 'eth0 6']],
  ['nothing on one that is down', machine(instance(), { links: [link('eth0', 2, { adminUp: false })] }), []],
])('an interface is listened to for %s', (_, facts, expected) => {
  expect(heardOn(facts)).toEqual(expected);
});

const own = [on(2, 'fd00::1/64'), on(2, 'fe80::1/64')];

test.each([
  ['IPv4 needs no sender', machine(), ['10.9.0.5 from nobody']],
  ['IPv6 asks from the link-local address', machine(six, { addresses: own }), ['fd00::5 from fe80::1']],
  ['or from another one', machine(six, { addresses: own.slice(0, 1) }), ['fd00::5 from fd00::1']],
  ['but not from a virtual one', machine(six, { addresses: [on(2, 'fd00::5/64')] }), []],
  ['nor from one of another interface', machine(six, { addresses: [on(1, 'fe80::1/64')] }), []],
  [
    'nor from one that is not sure yet',
    machine(six, { addresses: [{ ...on(2, 'fe80::1/64'), tentative: true }] }),
    [],
  ],
  ['without ARP nobody is asked', machine(instance(), { links: [link('eth0', 2, { noArp: true })] }), []],
  [
    'an excluded address counts as well',
    machine(instance('  virtual_ipaddress_excluded {\n    fd00::7/64\n  }\n'), { addresses: own }),
    ['10.9.0.5 from nobody', 'fd00::7 from fe80::1'],
  ],
])('%s', (_, facts, expected) => {
  expect(asked(facts)).toEqual(expected);
});
