import { type Family, fail, familyOf, ok, type Result } from '@holdfast/kit';
import type { Forwarding, Server, ServerKey, Tunnel, TunnelChecksum } from '../table/types.ts';
import { familyNumber, readFamily, readInetAddress } from './address.ts';
import type { AttributeWriter } from './attribute-writer.ts';
import { type Attributes, readAttributes, readU8, readU16, readU16Network, readU32 } from './attributes.ts';
import { serverAttribute as number, top } from './constants.ts';
import type { Undescribed } from './service.ts';

/** IP_VS_CONN_F_*, IP_VS_CONN_F_TUNNEL_TYPE_* and IP_VS_TUNNEL_ENCAP_FLAG_*: their numbers are their places. */
const methods: readonly Forwarding['method'][] = ['NAT', 'local', 'TUN', 'DR', 'bypass'];
const tunnelTypes: readonly Tunnel['type'][] = ['ipip', 'gue', 'gre'];
const checksums: readonly TunnelChecksum[] = ['nocsum', 'csum', 'remcsum'];

/** The DEST nest with a key alone: ADDR_FAMILY u16 host, ADDR 16 bytes, PORT u16 network. */
export function writeServerKey(writer: AttributeWriter, key: ServerKey): void {
  const nest = writer.open(top.server);
  writeKeyAttributes(writer, key);
  writer.close(nest);
}

/**
 * The DEST nest of NEW_DEST and SET_DEST, which set the whole entry.
 *
 *     key, FWD_METHOD u32, WEIGHT u32, U_THRESH u32, L_THRESH u32, for a tunnel TUN_TYPE u8, TUN_PORT u16 network, TUN_FLAGS u16
 */
export function writeServer(writer: AttributeWriter, server: Server): void {
  const nest = writer.open(top.server);
  writeServerAttributes(writer, server);
  writer.close(nest);
}

/** What stands in the nest. */
export function writeServerAttributes(writer: AttributeWriter, server: Server): void {
  const { forwarding } = server;
  writeKeyAttributes(writer, server);
  writer.u32(number.forwarding, methods.indexOf(forwarding.method));
  writer.u32(number.weight, server.weight);
  writer.u32(number.upperThreshold, server.upperThreshold);
  writer.u32(number.lowerThreshold, server.lowerThreshold);
  if (forwarding.method === 'TUN') writeTunnel(writer, forwarding.tunnel);
}

/**
 * @param bytes the value of a DEST nest, of a reply or of a full request
 * @param serviceFamily counts where the nest names no family
 */
export function decodeServer(bytes: Uint8Array, serviceFamily: Family): Result<Server, Undescribed> {
  const attributes = readAttributes(bytes);
  const key = keyOf(attributes, serviceFamily);
  if (!key.ok) return key;
  const forwarding = decodeForwarding(attributes);
  if (!forwarding.ok) return forwarding;
  const numberOf = (type: number): number | undefined => readU32(attributes.get(type));
  const weight = numberOf(number.weight);
  const [upperThreshold, lowerThreshold] = [numberOf(number.upperThreshold), numberOf(number.lowerThreshold)];
  if (weight === undefined || upperThreshold === undefined || lowerThreshold === undefined) {
    return fail('a server cut short');
  }
  const { address, port } = key.value;
  return ok({
    address,
    port,
    forwarding: forwarding.value,
    weight: weight | 0,
    upperThreshold,
    lowerThreshold,
  });
}

/** @param bytes the value of a DEST nest */
export const decodeServerKey = (bytes: Uint8Array, serviceFamily: Family): Result<ServerKey, Undescribed> =>
  keyOf(readAttributes(bytes), serviceFamily);

function keyOf(attributes: Attributes, serviceFamily: Family): Result<ServerKey, Undescribed> {
  const af = readU16(attributes.get(number.family)) ?? 0;
  const family = af === 0 ? serviceFamily : readFamily(af);
  if (family === undefined) return fail('a server of another family');
  const address = readInetAddress(attributes.get(number.address), family);
  const port = readU16Network(attributes.get(number.port));
  return address === undefined || port === undefined ? fail('a server without a key') : ok({ address, port });
}

function writeKeyAttributes(writer: AttributeWriter, { address, port }: ServerKey): void {
  writer.u16(number.family, familyNumber[familyOf(address)]);
  writer.inetAddress(number.address, address);
  writer.u16Network(number.port, port);
}

/** All three always: SET_DEST without them would make ipip of a GUE server. */
function writeTunnel(writer: AttributeWriter, tunnel: Tunnel): void {
  writer.u8(number.tunnelType, tunnelTypes.indexOf(tunnel.type));
  writer.u16Network(number.tunnelPort, tunnel.type === 'gue' ? tunnel.port : 0);
  writer.u16(number.tunnelFlags, tunnel.type === 'ipip' ? 0 : checksums.indexOf(tunnel.checksum));
}

function decodeForwarding(attributes: Attributes): Result<Forwarding, Undescribed> {
  const code = (readU32(attributes.get(number.forwarding)) ?? 0) & 7;
  const method = methods[code];
  if (method === undefined) return fail(`forwarding method ${code}`);
  if (method !== 'TUN') return ok({ method });
  const tunnel = decodeTunnel(attributes);
  return tunnel.ok ? ok({ method, tunnel: tunnel.value }) : tunnel;
}

function decodeTunnel(attributes: Attributes): Result<Tunnel, Undescribed> {
  const code = readU8(attributes.get(number.tunnelType)) ?? 0;
  const type = tunnelTypes[code];
  if (type === undefined) return fail(`tunnel type ${code}`);
  if (type === 'ipip') return ok({ type });
  const flags = readU16(attributes.get(number.tunnelFlags)) ?? 0;
  const checksum = checksums[flags];
  if (checksum === undefined) return fail(`tunnel flags ${flags}`);
  const port = readU16Network(attributes.get(number.tunnelPort)) ?? 0;
  return ok(type === 'gue' ? { type, port, checksum } : { type, checksum });
}
