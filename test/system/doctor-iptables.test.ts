import { expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { siteNeeds, withSite } from '../support/site.ts';

const configuration = `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    priority 100
    virtual_ipaddress {
        10.9.0.5/24
    }
}
`;

/** `codes` says status and codes of all findings; `heal` runs the command that the last report has named, and looks again. */
const words = `
command -v iptables > /dev/null || for name in iptables iptables-save; do ln -s $(command -v iptables-nft\${name#iptables}) /usr/local/sbin/$name; done
codes() {
  holdfast doctor --listen 0 > out 2>&1; status=$?
  echo $status $(sed -n 's/^[a-z]*: .*\\[\\([a-z-]*\\)\\]$/\\1/p' out | sort)
}
heal() { eval "$(sed -n 's/^  run: //p' out)"; codes; }
`;

describeWith(
  { ...siteNeeds, services: ['iptables-nft'] },
  'holdfast doctor where iptables keeps the adverts away',
  () => {
    test.each([
      ['a rule', 'iptables -A INPUT -p vrrp -j DROP', 'iptables -t filter -D INPUT -p vrrp -j DROP'],
      [
        'a rule for the group',
        'iptables -A OUTPUT -d 224.0.0.0/8 -j REJECT',
        'iptables -t filter -D OUTPUT -d 224.0.0.0/8 -j REJECT --reject-with icmp-port-unreachable',
      ],
      [
        'a chain of its own',
        'iptables -N LAN; iptables -A INPUT -i eth0 -j LAN; iptables -A LAN -p tcp --dport 22 -j ACCEPT; iptables -A LAN -j DROP',
        'iptables -t filter -D LAN -j DROP',
      ],
      [
        'a policy',
        'iptables -A INPUT -m state --state ESTABLISHED -j ACCEPT; iptables -P INPUT DROP',
        'iptables -t filter -I INPUT -i eth0 -p 112 -j ACCEPT',
      ],
    ])('%s is found, and mended by the command that it names', (_, fault, command) =>
      withSite([{ name: 'router', cards: { eth0: '10.9.0.1/24' } }], async (site) => {
        const router = site.machine('router');
        await router.write('/etc/keepalived/keepalived.conf', configuration);
        await router.write('/etc/default/keepalived', 'DAEMON_ARGS="-l"\n');
        const printed = await router.must(
          `${words}\ncodes\n${fault}\ncodes\nsed -n 's/^  run: //p' out\nheal`,
        );
        expect(printed.split('\n')).toEqual(['0', '2 firewall-drops-adverts', command, '0']);
      }),
    );
  },
);
