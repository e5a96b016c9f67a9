// Header bytes as they come: workerd reads them as UTF-8, Node as Latin-1. In both, only SP and HTAB around a cookie's name are no
// part of it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { readCookies } from "honnin/relying-party";
import { bundleForWorkerd, startWorkerd } from "../support/workerd.ts";
import { bytesInFront, bytesThatBrowsersKeep, bytesThatHttpDrops } from "./planted-names.ts";
import { sendCookieBytes } from "./raw-request.ts";

const name = "__Host-honnin-session";

/** Whether the server takes the cookie for ours; "refused" where it does not take the request. */
async function isOurs(server: URL, front: string, at: "first" | "later"): Promise<boolean | "refused"> {
  const address = { hostname: server.hostname, port: Number(server.port) };
  const before = at === "first" ? "" : "a=b; ";
  const cookie = Buffer.concat([
    Buffer.from(before),
    Buffer.from(front, "hex"),
    Buffer.from(`${name}=planted`),
  ]);
  const { status, body } = await sendCookieBytes(address, server.host, "/", cookie);
  if (status !== 200) return "refused";
  return (JSON.parse(body) as { name: string }[]).some((found) => found.name === name);
}

async function check(server: URL): Promise<void> {
  for (const at of ["first", "later"] as const) {
    assert.equal(await isOurs(server, "", at), true);
    for (const front of bytesThatHttpDrops) assert.equal(await isOurs(server, front, at), true, front);
    for (const front of bytesInFront)
      assert.notEqual(await isOurs(server, front, at), true, `${front}, ${at}`);
  }
  // Those that browsers store and send are not refused by the server: what keeps them out is the reading.
  for (const front of bytesThatBrowsersKeep) assert.equal(await isOurs(server, front, "later"), false, front);
}

test("in workerd, a cookie's name is its bytes", async (t) => {
  const worker = await startWorkerd(
    await bundleForWorkerd(`
      import { readCookies } from "honnin/relying-party";
      export default { fetch: (request) => Response.json(readCookies(request)) };
    `),
  );
  t.after(() => worker.close());
  await check(worker.url);
});

test("in Node, a cookie's name is its bytes", async (t) => {
  const server = createServer((request, response) => {
    const headers = Object.entries(request.headers).map(
      ([key, value]) => [key, String(value)] as [string, string],
    );
    response.end(JSON.stringify(readCookies(new Request("http://localhost/", { headers }))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  await check(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
});
