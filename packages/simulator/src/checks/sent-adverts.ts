import type { Check, Report, View } from './types.ts';

/** An advert carries the router's own address, its own interval (RFC 9568 §6.1) and the addresses in its file. */
export function sentAdverts(view: View, report: Report): Check {
  return {
    observe(o) {
      if (o.kind !== 'sent') return;
      const { advert, config } = o;
      const object = (text: string): void => {
        report({ rule: 'sent adverts', at: o.at, router: o.router, text });
      };
      if (advert.source !== view.hosts.get(o.router)?.source) object(`an advert comes from ${advert.source}`);
      if (advert.advertInterval !== config.advertInterval) {
        object(
          `an advert announces ${advert.advertInterval} us, the interval being ${config.advertInterval}`,
        );
      }
      const listed = config.virtualAddresses.map(({ address }) => address).join(' ');
      if (advert.addresses.join(' ') !== listed) object(`an advert lists ${advert.addresses.join(' ')}`);
    },
    finish: () => undefined,
  };
}
