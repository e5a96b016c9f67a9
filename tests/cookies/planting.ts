// How cookies get from a sibling host, or from the network, into a victim's browser.
import type { Page } from "playwright-core";
import { attackersHost } from "./network.ts";
import { bytesThatBrowsersKeep } from "./planted-names.ts";

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

export interface Planting {
  /** In front of the names, in hexadecimal. */
  readonly bytes: string;
  readonly by: "Set-Cookie" | "document.cookie";
  /** Over plain http, whoever is on the network can answer for any host. */
  readonly over: "https" | "http";
}

/** Scripts set UTF-8 only. */
const isUtf8 = (bytes: string) => bytes !== "a0" && bytes !== "85";

/** All of them, every way. */
export const plantings: readonly Planting[] = (["https", "http"] as const).flatMap((over) => [
  ...bytesThatBrowsersKeep.map((bytes): Planting => ({ bytes, by: "Set-Cookie", over })),
  ...bytesThatBrowsersKeep.filter(isUtf8).map((bytes): Planting => ({ bytes, by: "document.cookie", over })),
]);

/** Each of the bytes once, each way at least once: for what takes long. */
export const fewPlantings: readonly Planting[] = [
  { bytes: "c2a0", by: "document.cookie", over: "https" },
  { bytes: "e28080", by: "Set-Cookie", over: "https" },
  { bytes: "e38080", by: "document.cookie", over: "http" },
  { bytes: "efbbbf", by: "Set-Cookie", over: "http" },
  { bytes: "a0", by: "Set-Cookie", over: "https" },
  { bytes: "85", by: "Set-Cookie", over: "http" },
];

/** The cookies under their names with nothing in front, which a browser refuses from a sibling. */
export const plainly: readonly Planting[] = [
  { bytes: "", by: "Set-Cookie", over: "https" },
  { bytes: "", by: "document.cookie", over: "https" },
  { bytes: "", by: "Set-Cookie", over: "http" },
];

/** Planted after the others, with nothing wrong with it: when it is there, the browser has decided about the others. */
const last: Cookie = { name: "last", value: "1" };

/** Lets the browser open the attacker's page, which plants the cookies for all siblings. */
export async function plant(
  page: Page,
  { bytes, by, over }: Planting,
  cookies: readonly Cookie[],
): Promise<void> {
  const attributes = `; Domain=victim.test; Path=/${over === "https" ? "; Secure" : ""}`;
  const front = Buffer.from(bytes, "hex");
  const lines = [
    ...cookies.map(({ name, value }) => Buffer.concat([front, Buffer.from(`${name}=${value}${attributes}`)])),
    Buffer.from(`${last.name}=${last.value}${attributes}`),
  ];
  const query =
    by === "Set-Cookie" ? new URLSearchParams(lines.map((line) => ["set", line.toString("hex")])) : "";
  await page.goto(`${over}://${attackersHost}/?${query}`);
  if (by === "Set-Cookie") return;
  await page.evaluate(
    (texts) => {
      // biome-ignore lint/suspicious/noDocumentCookie: as an attacker plants them, byte for byte
      for (const text of texts) document.cookie = text;
    },
    lines.map((line) => line.toString()),
  );
  // The browser takes them over by and by.
  await page.waitForFunction(
    (pair) => document.cookie.split("; ").includes(pair),
    `${last.name}=${last.value}`,
  );
}

/** Whether the cookie is in one of these `Cookie` headers, the bytes in front and all; each character a byte. */
export function hasArrived(
  headers: readonly string[],
  { bytes }: Planting,
  { name, value }: Cookie,
): boolean {
  const pair = `${Buffer.from(bytes, "hex").toString("latin1")}${name}=${value}`;
  return headers.some((header) => header.split("; ").includes(pair));
}

/** Whether what was planted last has arrived, and nothing else. */
export function hasLastArrivedOnly(headers: readonly string[]): boolean {
  return headers.length > 0 && headers.every((header) => header === `${last.name}=${last.value}`);
}
