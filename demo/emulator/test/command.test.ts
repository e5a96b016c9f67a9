import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { newClient } from "./support.js";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const asShipped = ["--import", "tsx", main];
/** `npm test` compiles the program; it starts in a third of the time. */
const compiled = process.env.HONNIN_COMPILED;
const program = compiled === undefined ? asShipped : [join(compiled, "demo/emulator/src/main.mjs")];
const folder = mkdtempSync(join(tmpdir(), "emulator-"));
after(() => rmSync(folder, { recursive: true }));
const jwks = join(folder, "jwks.json");
writeFileSync(jwks, JSON.stringify(newClient().jwks));

const command = (...args: string[]) => [...program, ...args];

test("prints its URL and the values to configure, stops on Ctrl-C", {
  skip: process.platform === "win32",
}, async () => {
  const child = spawn(
    process.execPath,
    asShipped.concat(
      "--client-id",
      "testShop",
      "--jwks",
      jwks,
      "--redirect-uri",
      "https://shop.example/auth/callback",
    ),
  );
  let output = "";
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes("Ctrl-C")) break;
  }
  const value = (name: string) => new RegExp(`^  ${name}=(.+)$`, "m").exec(output)?.[1] ?? "";
  assert.equal(value("CLIENT_ID"), "testShop");
  assert.equal(value("REDIRECT_URI"), "https://shop.example/auth/callback");
  assert.equal(value("JWKS_URI"), `${value("ISSUER")}/protocol/openid-connect/certs`);
  assert.equal((await fetch(value("JWKS_URI"))).status, 200);
  const { origin } = new URL(value("ISSUER"));
  assert.equal(value("SIGN_TRANSACTIONS_ENDPOINT"), `${origin}/api/sign-transactions`);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  assert.equal(await ended, 0);
});

test("prints the secret for settings where something may stand in front, and only there", {
  skip: process.platform === "win32",
}, async () => {
  for (const [args, asked] of [
    [["--public-origin", "https://op.example"], true],
    [["--host", "0.0.0.0"], true],
    [["--host", "localhost"], false],
  ] as [string[], boolean][]) {
    const child = spawn(process.execPath, command(...args));
    let output = "";
    for await (const chunk of child.stdout) {
      output += chunk;
      if (output.includes("Ctrl-C")) break;
    }
    const token = /^ {2}CONTROL_TOKEN=([\w-]{43})$/m.exec(output)?.[1];
    const link = /(http:\/\/127\.0\.0\.1:\d+)(\/operator\/[\w-]{43})$/m.exec(output);
    assert.deepEqual([token !== undefined, link !== null], [asked, asked], output);
    if (link !== null) {
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await fetch(`${link[1]}/emulator/requests`, { headers })).status, 200);
      assert.equal((await fetch(link[0], { redirect: "manual" })).status, 303);
    }
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    assert.equal(await ended, 0);
  }
});

test("--help says who can change settings, and what remains", () => {
  const { status, stdout } = spawnSync(process.execPath, command("--help"), { encoding: "utf8" });
  assert.equal(status, 0);
  assert.match(stdout, /hides itself/);
  assert.match(stdout, /--public-origin/);
});

test("says what is wrong with its options", () => {
  for (const [args, message] of [
    [["--port", "x"], /--port/],
    [["--mode", "tv"], /--mode/],
    [["--client-id", "a"], /--jwks/],
    [
      ["--client-id", "a", "--jwks", join(folder, "none.json"), "--redirect-uri", "https://a.example/"],
      /cannot be read/,
    ],
    [["--client-id", "a-b", "--jwks", jwks, "--redirect-uri", "https://a.example/"], /client_id/],
    [["--client-id", "a", "--jwks", jwks], /--redirect-uri/],
    [["--name", "a"], /--name .*--client-id/],
    [["--public-origin", "https://op.example/emulator"], /path/],
    [["--host", "op.example"], /address of this machine/],
    [["--nonsense"], /nonsense/],
  ] as [string[], RegExp][]) {
    const { status, stderr } = spawnSync(process.execPath, command(...args), { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n\s+at /);
  }
});
