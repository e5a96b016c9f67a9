import { HonninError, type HonninErrorCode } from "./error.js";

/** Whether the host of a URL is a loopback host: `localhost`, `127.0.0.0/8` or `[::1]` (RFC 8252 §7.3). */
export function isLoopback(url: URL): boolean {
  return /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(url.hostname);
}

/** Whether a URL is `https`, or `http` to a loopback host, and has no user name or password. */
export function isSecureUrl(url: URL): boolean {
  if (url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}

/**
 * Whether the host of a URL is this machine under any name: {@link isLoopback}, all of `.localhost` (RFC 6761 §6.3), the unspecified
 * addresses, IPv4-mapped IPv6 addresses, and names with a trailing dot. Use it to refuse URLs; to accept one, use {@link isLoopback}.
 */
export function isThisMachine(url: URL): boolean {
  const host = url.hostname.replace(/\.$/, "");
  return (
    isLoopback(url) ||
    /^(.+\.)?localhost$/.test(host) ||
    /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|0\.0\.0\.0)$/.test(host) ||
    /^\[::(ffff:(7f[0-9a-f]{2}:[0-9a-f]{1,4}|0:0))?\]$/.test(host)
  );
}

/**
 * Parses a URL and checks it with {@link isSecureUrl}.
 *
 * @param name the name of the URL, for the message. The message does not contain the URL
 * @throws HonninError with `code` (default `options-invalid`)
 */
export function secureUrl(value: string | URL, name: string, code: HonninErrorCode = "options-invalid"): URL {
  let url: URL;
  try {
    url = new URL(value);
  } catch (cause) {
    throw new HonninError(code, `${name} is not an absolute URL.`, { cause });
  }
  if (!isSecureUrl(url)) {
    throw new HonninError(
      code,
      `${name} must be an https URL without user name and password (http only for localhost, 127.0.0.0/8 or [::1]).`,
    );
  }
  return url;
}
