import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that name the network, whose owner has all addresses in it. */
const networkGroups = 4;

/**
 * Whom an address stands for: an IPv4 address for itself, also where it is written as IPv6; an IPv6
 * address for its /64, for one subscriber has all of that.
 */
export const clientOfAddress = (address: string): string => {
  const [plain = ''] = address.split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  const network = groups.slice(0, networkGroups).map((group) => Number.parseInt(group, 16));
  return `${network.map((group) => group.toString(16)).join(':')}::/64`;
};
