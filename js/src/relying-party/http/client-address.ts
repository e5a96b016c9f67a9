import { listOf } from "../../protocol-text.js";

/**
 * The address of a client as a proxy reports it, in the form used for limits: IPv4 as it is, IPv6 by its /64, because one
 * client has a whole /64. `undefined` if there is no address at that position.
 *
 * @param proxies the number of trusted proxies. The outermost one added the address; entries further to the left can be forged
 */
export function clientAddress(headers: Headers, header: string, proxies: number): string | undefined {
  const entry = listOf((headers.get(header) ?? "").slice(-1_024)).at(-proxies);
  return entry === undefined ? undefined : countable(entry);
}

function countable(text: string): string | undefined {
  // Some proxies add the port.
  const bare =
    /^\[([0-9A-Fa-f:.]+)\](?::\d{1,5})?$/.exec(text)?.[1] ??
    /^([\d.]+)(?::\d{1,5})?$/.exec(text)?.[1] ??
    text;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(bare)) {
    const parts = bare.split(".").map(Number);
    return parts.every((part) => part <= 255) ? parts.join(".") : undefined;
  }
  const groups = /^[0-9A-Fa-f:.]{2,45}$/.test(bare) ? groupsOf(bare) : undefined;
  if (groups === undefined) return undefined;
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const [high = 0, low = 0] = groups.slice(6);
  if (mapped) return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

/** The eight groups of an IPv6 address, as the URL parser reads it. */
function groupsOf(text: string): number[] | undefined {
  let host: string;
  try {
    host = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
  const [head = "", tail] = host.split("::");
  const read = (part: string) =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return read(head);
  const [front, back] = [read(head), read(tail)];
  return [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back];
}
