import { wholeNumber } from '../../arguments/number.ts';
import { type OptionLine, readOptionLine } from '../../arguments/option-line.ts';
import { missing } from '../../arguments/reading.ts';
import { gateway, realms } from '../../arguments/route-options.ts';
import { nothing, word } from '../../arguments/simple.ts';
import { type Argument, later } from '../row.ts';
import { encapsulation } from './encapsulation-words.ts';
import { asAddress } from './route-arguments.ts';

/** What may stand behind `nexthop`. */
export const nexthopWords = {
  via: later(gateway, 'The next router.'),
  dev: later(word({ syntax: 'INTERFACE', longest: 15 }), 'The interface that the packets leave by.'),
  weight: later(wholeNumber(1, 256), 'The share of the traffic that goes this way.'),
  onlink: later(nothing, 'The next router is on the link although no network of the interface says so.'),
  encap: later(encapsulation, 'How packets are wrapped on the way.'),
  realms: later(realms, 'The realms of this way.'),
  as: later(asAddress, 'A word of MPLS that has no meaning here.'),
} as const;

const syntax = '[via [inet|inet6] ADDRESS] [dev INTERFACE] [weight NUMBER] [onlink] ...';

/** `nexthop OPTION ...`: all words up to the next one, or to the end of the line. */
export const nexthop: Argument<OptionLine> = {
  syntax,
  takes: (following) => {
    const end = following.findIndex(({ text }) => text === 'nexthop');
    return end < 0 ? following.length : end;
  },
  read: (statement) => {
    const [keyword, ...following] = statement.words;
    const own = following.slice(0, nexthop.takes?.(following));
    if (own.length === 0) return missing(keyword.text, syntax);
    const form = { rows: nexthopWords, dropped: 'the route is left out', what: 'option of a next hop' };
    return readOptionLine({ ...statement, words: [keyword, ...own] }, 1, form);
  },
};
