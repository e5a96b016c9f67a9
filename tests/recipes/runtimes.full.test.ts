// The recipes for Deno and Bun, in Deno and Bun, on all addresses of the machine.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startEmulator } from "@honnin/emulator";
import { keyPair } from "../support/key-pair.ts";
import { root } from "../support/paths.ts";
import { cookiesOfCallback, logInAndOut, logInFrom127001 } from "./visit.ts";

const runtimes = [
  {
    name: "Deno",
    program: process.env.HONNIN_DENO,
    args: (port: number) => [
      ...["serve", "--no-lock", "--no-prompt", "--allow-net", "--allow-env"],
      ...["--host", "0.0.0.0", "--port", String(port), join(root, "demo/recipes/deno.ts")],
    ],
  },
  {
    name: "Bun",
    program: process.env.HONNIN_BUN,
    args: () => ["run", join(root, "demo/recipes/bun.ts")],
  },
];

/** The recipe has to know its origin before it listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts the program, and waits until it says that it listens. */
async function start(t: TestContext, program: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(program, args, {
    cwd: join(root, "tests"),
    env: { ...process.env, ...env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.after(async () => {
    if (child.exitCode === null && child.kill()) await once(child, "exit");
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(String(env.PORT))) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}: ${said}`)));
  });
}

for (const { name, program = "", args } of runtimes) {
  // A machine that is to run everything must not be without.
  const missing = program === "" && process.env.CI !== "true";
  const skip = missing && `HONNIN_${name.toUpperCase()} does not say where ${name} is`;
  test(`the recipe for ${name}, in ${name}`, { skip }, async (t) => {
    assert.notEqual(program, "", `HONNIN_${name.toUpperCase()} is not set`);
    const [{ own, registered }, emulator, port] = [
      await keyPair("ES256", "sig", "client-key"),
      await startEmulator({ mode: "test-card", quiet: true }),
      await freePort(),
    ];
    t.after(() => emulator.close());
    const origin = `http://localhost:${port}`;
    const redirectUris = [`${origin}/auth/callback`];
    emulator.addClient({ clientId: "myshop", name: "test", redirectUris, jwks: { keys: [registered] } });
    await start(t, program, args(port), {
      PORT: String(port),
      ORIGIN: origin,
      EMULATOR: emulator.origin,
      CLIENT_ID: "myshop",
      CLIENT_KEY: JSON.stringify(own),
      COOKIE_SECRET: "0123456789abcdefghijklmnopqrstuv",
    });
    const site = { emulator, origin };
    await t.test("a protected page, the login, and the logout", () => logInAndOut(site));
    await t.test("every cookie of a response arrives", async () => {
      assert.deepEqual(await cookiesOfCallback(site), ["honnin-login", "honnin-session"]);
    });
    await t.test("a login from 127.0.0.1 is one of localhost", () => logInFrom127001(site));
  });
}
