import { groupEntry } from '../arguments/group-entry.ts';
import { secondsBetween } from '../arguments/number.ts';
import { serviceHeader } from '../arguments/server-header.ts';
import { nothing, word } from '../arguments/simple.ts';
import { globalRows } from './global-defs.ts';
import { laterRootRows } from './later/root.ts';
import { entries, keyword, keywords } from './row.ts';
import { tlsClientRows } from './tls-client.ts';
import { virtualServerRows } from './virtual-server.ts';
import { vrrpInstanceRows } from './vrrp-instance.ts';
import { vrrpScriptRows } from './vrrp-script.ts';
import { groupLineWords, serviceWords } from './words/option-words.ts';

/** The keywords of the outermost level, and below them the whole table. */
export const rootRows = {
  global_defs: keyword(nothing, 'Settings of the daemon, and defaults of instances.', {
    owner: 'core',
    repeat: 'accumulates',
    block: keywords(globalRows),
  }),
  vrrp_script: keyword(
    word({ missing: 'ignored' }),
    'A program that is run again and again, and tells how well things are.',
    {
      repeat: 'accumulates',
      block: keywords(vrrpScriptRows),
    },
  ),
  vrrp_instance: keyword(word({ missing: 'ignored', alone: true }), 'A virtual router.', {
    repeat: 'accumulates',
    block: keywords(vrrpInstanceRows),
  }),
  virtual_server: keyword(serviceHeader, 'A service that is spread over real servers.', {
    default: 'port 0',
    owner: 'checker',
    repeat: 'accumulates',
    block: keywords(virtualServerRows),
    words: serviceWords,
  }),
  virtual_server_group: keyword(
    word({ missing: 'ignored' }),
    'Addresses and firewall marks that make one virtual server together.',
    {
      owner: 'checker',
      repeat: 'accumulates',
      property: 'services',
      block: entries(groupEntry, groupLineWords),
    },
  ),
  SSL: keyword(nothing, 'Who SSL_GET says to be, where a server asks.', {
    owner: 'checker',
    property: 'realServers',
    once: true,
    default: 'automatic context',
    block: keywords(tlsClientRows),
  }),
  child_wait_time: keyword(
    secondsBetween(0, 4_294_967_295, { places: 0 }),
    'How long a stopping worker may take.',
    {
      owner: 'core',
      default: '5',
    },
  ),
  ...laterRootRows,
} as const;
