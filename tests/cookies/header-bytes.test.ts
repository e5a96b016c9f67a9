// Header bytes as they come: workerd reads them as UTF-8, Node as Latin-1. In both, only SP and HTAB around a cookie's name are no
// part of it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { readCookies } from "honnin/relying-party";
import { bundleForWorkerd, startWorkerd } from "../support/workerd.ts";
import { checkByteTable } from "./byte-table.ts";
import { sendCookieBytes } from "./raw-request.ts";

const name = "__Host-shop";

/** @param server answers with the cookies that `readCookies` finds */
function check(server: URL): Promise<void> {
  const address = { hostname: server.hostname, port: Number(server.port) };
  return checkByteTable(async (header) => {
    const { status, body } = await sendCookieBytes(address, server.host, "/", header);
    if (status !== 200) return "refused";
    return (JSON.parse(body) as { name: string }[]).some((found) => found.name === name);
  }, `${name}=planted`);
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
