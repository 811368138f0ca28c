import { type DocumentedLint, exampleInstance, exampleScript } from './documented.ts';

/** Lints about virtual routers. */
export const routerLints: readonly DocumentedLint[] = [
  {
    code: 'address-without-prefix',
    severity: 'note',
    title: 'A virtual address without prefix length is taken as a host address.',
    why: 'A /32 is right for an address within a network that the interface has. Where the address is to bring a network of its own, hosts of that network cannot reach it.',
    remedy: 'Write the prefix length, /32 too if that is meant.',
    example: exampleInstance('', '10.0.0.100'),
  },
  {
    code: 'address-outside-networks',
    severity: 'warning',
    title: 'A virtual address is in none of the networks of its interface.',
    why: 'Nobody on the segment takes it for a neighbour: it is reached through a router that has a route to it, or not at all.',
    remedy: 'Choose an address of the network, or write the prefix length of its own one.',
    example: exampleInstance('', '10.9.9.9/32'),
  },
  {
    code: 'address-is-own',
    severity: 'warning',
    title: 'A virtual address is the only address that the interface has.',
    why: 'The daemon takes virtual addresses away while it is not master: then the machine is out of reach, and has no address to send adverts from.',
    remedy:
      'Write a free address of the network that all routers share; each router keeps its own one besides.',
    example: exampleInstance('', '10.0.0.2/24'),
  },
  {
    code: 'backup-preempts',
    severity: 'note',
    title: 'state BACKUP alone does not prevent preemption.',
    why: 'The state says how an instance starts. The router with the highest priority takes the address back as soon as it returns, whatever its state line says.',
    remedy: 'Add nopreempt to all routers that are to leave the address where it is.',
    example: exampleInstance('  state BACKUP\n  priority 150\n'),
  },
  {
    code: 'strict-mode',
    severity: 'warning',
    title: 'vrrp_strict costs more than people expect.',
    why: 'Strict mode drops what is sent to the virtual addresses, pings too; it drops authentication, refuses peers, and forbids what the RFC does not have.',
    remedy: 'Remove the line, or write accept in the instances that are to answer.',
    example: `global_defs {\n  vrrp_strict\n}\n${exampleInstance('')}`,
  },
  {
    code: 'virtual-router-id-on-segment',
    severity: 'warning',
    title: 'Two instances have one virtual_router_id, on interfaces of one network.',
    why: 'The number counts for the whole segment. Each instance hears the adverts of the other one as if they came from its own virtual router, and backs off or fights.',
    remedy: 'Give each virtual router of a network its own number.',
    example: `${exampleInstance('')}${exampleInstance('', '10.0.0.101/24', 'W').replace('eth0', 'eth1')}`,
  },
  {
    code: 'address-in-two-instances',
    severity: 'warning',
    title: 'Two instances have one virtual address on one interface.',
    why: 'Each of them may be master on another machine: then the address is in two places, and neighbours reach now the one, now the other.',
    remedy: 'Leave the address to one instance.',
    example: `${exampleInstance('')}${exampleInstance('', '10.0.0.100/24', 'W').replace('51', '52')}`,
  },
  {
    code: 'peer-is-oneself',
    severity: 'warning',
    title: 'A router stands among its own peers.',
    why: 'The usual way to it is one list for all machines. The router sends adverts to itself and, worse, one of the others may be missing.',
    remedy: 'Name the other routers only; lines with @ID in front serve several machines with one file.',
    example: exampleInstance(
      '  unicast_src_ip 10.0.0.2\n  unicast_peer {\n    10.0.0.2\n    10.0.0.3\n  }\n',
    ),
  },
  {
    code: 'weight-must-cross',
    severity: 'warning',
    title: 'A weight decides only where it crosses the priority of another router.',
    why: 'A failing script with a weight lowers the priority and does nothing else. If it stays above that of the backup nobody takes over; which it does one file alone does not tell.',
    remedy:
      'Hold the files of both routers against each other: holdfast check --pair. Where that is content, silence the remark on its line.',
    example: exampleScript('  script "/bin/true"\n  weight -20\n'),
  },
  {
    code: 'impatient-script',
    severity: 'warning',
    title: 'A single failed run of a script puts the instance into FAULT.',
    why: 'One run out of many thousands fails for reasons that have nothing to do with the service, and the address moves.',
    remedy: 'Add fall 2 or more, and rise for the way back.',
    example: exampleScript('  script "/bin/true"\n  interval 2\n'),
  },
];
