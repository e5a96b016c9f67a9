import { isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { EmulatorError } from "./errors.js";

const everywhere = ["0.0.0.0", "::"];

/** Whether this address stands for all addresses of the machine. */
export function isEverywhere(host: string): boolean {
  return everywhere.includes(host);
}

/** The IPv4 addresses of this machine, loopback last. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address?.family === "IPv4");
  return [...all.filter((one) => !one?.internal), ...all.filter((one) => one?.internal)].flatMap((one) =>
    one === undefined ? [] : [one.address],
  );
}

/** The first address that other devices in the network can reach. */
export function networkAddress(): string | undefined {
  return ownAddresses().find((address) => !address.startsWith("127."));
}

/** The address to listen on. @throws EmulatorError `host-invalid` */
export function checkHost(host: string): string {
  // Not with a zone (fe80::1%eth0): no URL can have one.
  if (host !== "localhost" && (isIP(host) === 0 || host.includes("%"))) {
    throw new EmulatorError("host-invalid", {
      ja: "待ち受けるアドレスは、このコンピューターのアドレス（127.0.0.1、192.168.1.5、::1、すべてなら 0.0.0.0）か localhost です。名前は使えません。ブラウザーが使う名前は、公開オリジン（--public-origin）に指定してください。",
      en: "The host must be an address of this machine (127.0.0.1, 192.168.1.5, ::1, 0.0.0.0 for all) or localhost, not a name. A name that browsers use is the public origin (--public-origin).",
    });
  }
  return host;
}

/** @throws EmulatorError `origin-invalid` */
export function checkOrigin(origin: string): string {
  const refuse = (ja: string, en: string) =>
    new EmulatorError("origin-invalid", {
      ja: `公開オリジンは、https://op.example のように、スキーム、ホスト、ポートです。${ja}。`,
      en: `The public origin is scheme, host and port, such as https://op.example; ${en}.`,
    });
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    throw refuse("これは URL ではありません", "this is no URL");
  }
  if (!/^https?:$/.test(url.protocol))
    throw refuse("スキームは https か http です", "the scheme must be https or http");
  if (url.username !== "" || url.password !== "")
    throw refuse("ユーザー名とパスワードは含められません", "user name and password do not belong there");
  if (url.href !== `${url.origin}/`)
    throw refuse(
      "パス、クエリー、フラグメントは含められません",
      "a path, query or fragment does not belong there",
    );
  if (isEverywhere(bare(url.hostname)))
    throw refuse(
      "すべてのアドレスを表すアドレスは、ブラウザーでは開けません",
      "browsers cannot go to the address that stands for all",
    );
  return url.origin;
}

/** The address that others can use; for "all addresses" the first one of the network. */
export function reachableAt(scheme: Scheme, host: string, port: number): string {
  return originOf(scheme, isEverywhere(host) ? (networkAddress() ?? "127.0.0.1") : host, port);
}

/** The address that this machine uses. */
export function directAt(scheme: Scheme, host: string, port: number): string {
  return originOf(scheme, isEverywhere(host) ? "127.0.0.1" : host, port);
}

export type Scheme = "http" | "https";

function originOf(scheme: Scheme, name: string, port: number): string {
  // As browsers write it, without the scheme's own port.
  return new URL(`${scheme}://${isIPv6(name) ? `[${name}]` : name}:${port}`).origin;
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
