// The bytes of `header-bytes.test.ts` against the servers of Deno and Bun, with the package as it is built. Both hand header bytes
// over as Latin-1, and take only SP and HTAB off the ends of a header's value before anybody sees it (Deno 2.9, Bun 1.4).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { startEmulator } from "@honnin/emulator";
import { keyPair } from "../support/key-pair.ts";
import { root } from "../support/paths.ts";
import { Attacker } from "./attacker.ts";
import { checkByteTable } from "./byte-table.ts";
import { sendCookieBytes } from "./raw-request.ts";
import type { SiteSettings } from "./site.ts";

const host = "shop.victim.test";
const origin = `https://${host}`;

const runtimes = [
  {
    name: "Deno",
    program: process.env.HONNIN_DENO,
    args: ["run", "--no-lock", "--allow-net", "--allow-read"],
  },
  { name: "Bun", program: process.env.HONNIN_BUN, args: ["run"] },
];

async function startSite(
  t: TestContext,
  [program, ...args]: readonly [string, ...string[]],
  settings: SiteSettings,
): Promise<URL> {
  const script = join(root, "tests/cookies/serve-site.ts");
  const child = spawn(program, [...args, script, JSON.stringify(settings)], {
    cwd: join(root, "tests"),
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(async () => {
    if (child.exitCode === null && child.kill()) await once(child, "exit");
  });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    once(child, "exit").then(() => [""]),
  ]);
  assert.match(line, /^\d+$/, "the site did not start");
  return new URL(`http://127.0.0.1:${line}`);
}

for (const { name, program = "", args } of runtimes) {
  // A machine that is to run everything must not be without.
  const missing = program === "" && process.env.CI !== "true";
  const skip = missing && `HONNIN_${name.toUpperCase()} does not say where ${name} is`;
  test(`in ${name}, a cookie's name is its bytes`, { skip }, async (t) => {
    assert.notEqual(program, "", `HONNIN_${name.toUpperCase()} is not set`);
    const [clientKey, emulator] = [
      await keyPair("ES256", "sig", "client-key"),
      await startEmulator({ mode: "test-card", quiet: true }),
    ];
    t.after(() => emulator.close());
    emulator.addClient({
      clientId: "testclient",
      name: "test",
      redirectUris: [`${origin}/auth/callback`],
      jwks: { keys: [clientKey.registered] },
    });
    const url = await startSite(t, [program, ...args], {
      origin,
      emulatorOrigin: emulator.origin,
      clientId: "testclient",
      clientKey: JSON.stringify(clientKey.own),
    });
    const [cookie] = (await new Attacker(origin, url).session()).cookies;
    assert.ok(cookie !== undefined);
    const ask = (path: string, header: Buffer) =>
      sendCookieBytes({ hostname: url.hostname, port: Number(url.port) }, host, path, header);

    await t.test("by readCookies", () =>
      checkByteTable(async (header) => {
        const { status, body } = await ask("/cookies", header);
        if (status !== 200) return "refused";
        return (JSON.parse(body) as { name: string }[]).some((found) => found.name === cookie.name);
      }, `${cookie.name}=planted`),
    );
    await t.test("by the session", () =>
      checkByteTable(async (header) => {
        const { status, body } = await ask("/me", header);
        return status === 200 ? body !== "null" : "refused";
      }, `${cookie.name}=${cookie.value}`),
    );
  });
}
