import { isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { EmulatorError } from "./errors.js";

const everywhere = ["0.0.0.0", "::"];

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
  if (everywhere.includes(bare(url.hostname)))
    throw refuse(
      "すべてのアドレスを表すアドレスは、ブラウザーでは開けません",
      "browsers cannot go to the address that stands for all",
    );
  return url.origin;
}

/** The address that others can use; for "all addresses" the first one of the network. */
export function reachableAt(host: string, port: number): string {
  const lan = Object.values(networkInterfaces())
    .flat()
    .find((address) => address !== undefined && !address.internal && address.family === "IPv4")?.address;
  return originOf(everywhere.includes(host) ? (lan ?? "127.0.0.1") : host, port);
}

/** The address that this machine uses. */
export function directAt(host: string, port: number): string {
  return originOf(everywhere.includes(host) ? "127.0.0.1" : host, port);
}

function originOf(name: string, port: number): string {
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`;
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
