// The README's worker is run as it stands there, in workerd, against the emulator.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startEmulator } from "@honnin/emulator";
import { exportJWK, generateKeyPair } from "jose";
import { root } from "../support/paths.ts";
import { UserAgent } from "../support/user-agent.ts";
import { bundleForWorkerd, startWorkerd } from "../support/workerd.ts";

const site = "https://shop.example";

function exampleOf(page: string): string {
  const code = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, page), "utf8"))?.[1];
  assert.ok(code, `${page} has an example`);
  return code;
}

test("the example is the same in both languages but for its comments, and under 20 lines long", () => {
  const [english, japanese] = ["README.md", "README.ja.md"].map((page) =>
    exampleOf(page).replace(/ *\/\/ .*$/gm, ""),
  );
  assert.equal(english, japanese);
  const lines = exampleOf("README.md")
    .split("\n")
    .filter((line) => line.trim() !== "");
  assert.ok(lines.length < 20, `${lines.length} lines`);
});

test("the README's worker logs a person in and out", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  emulator.addClient({
    clientId: "shop",
    name: "shop",
    redirectUris: [`${site}/auth/callback`],
    jwks: { keys: [await exportJWK(publicKey)] },
  });
  // The only change: the emulator in the place of the sandbox.
  const source = exampleOf("README.md")
    .replace("environments }", "emulatorAt }")
    .replace("environments.sandbox", "emulatorAt(env.EMULATOR), allowEmulator: true");
  const worker = await startWorkerd(await bundleForWorkerd(source), {
    EMULATOR: emulator.origin,
    CLIENT_ID: "shop",
    CLIENT_KEY: JSON.stringify(await exportJWK(privateKey)),
    COOKIE_SECRET: "a secret of no consequence, long enough",
  });
  try {
    const agent = new UserAgent({}, (url, init) =>
      url.startsWith(`${site}/`) ? worker.fetch(url, init) : fetch(url, init),
    );
    assert.equal((await agent.get(`${site}/`)).text, "null");
    const page = await agent.get(`${site}/auth/login`);
    await agent.post(page.url, { response: "normal", person: "ordinary" });
    const session = JSON.parse((await agent.get(`${site}/`)).text);
    assert.match(session.sub, /^[\x21-\x7e]{16,255}$/);
    assert.match(session.name, /本人/);
    await agent.post(`${site}/auth/logout`, {});
    assert.equal((await agent.get(`${site}/`)).text, "null");
  } finally {
    await worker.close();
    await emulator.close();
  }
});
