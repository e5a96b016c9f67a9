// The examples of the package's README run as they stand there, against the packed package.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startEmulator } from "@honnin/emulator";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { UserAgent } from "../support/user-agent.ts";
import { packedProject } from "./packed.ts";

const project = packedProject(["hono", "@hono/node-server"]);
after(() => project.remove());

function examplesOf(page: string): string[] {
  const text = readFileSync(join(project.honnin, page), "utf8");
  return [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
}

const [login = assert.fail(), idToken = assert.fail()] = examplesOf("README.md");

test("the examples are the same in both languages but for their comments", () => {
  const [english, japanese] = ["README.md", "README.ja.md"].map((page) =>
    examplesOf(page).map((code) => code.replace(/ *\/\/ .*$/gm, "")),
  );
  assert.deepEqual(english, japanese);
  assert.equal(english?.length, 2);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

test("the login logs a person in", { timeout: 60_000 }, async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const emulator = await startEmulator({ mode: "test-card", quiet: true });
  const port = String(await freePort());
  const site = `http://localhost:${port}`;
  emulator.addClient({
    clientId: "shop",
    name: "shop",
    redirectUris: [`${site}/auth/callback`],
    jwks: { keys: [await exportJWK(publicKey)] },
  });
  // The only changes: a free port, and a sign of life.
  const program = join(project.folder, "login.js");
  const source = login
    .replaceAll("3000", port)
    .replace(/ \}\);\n$/, ' }, () => console.log("listening"));\n');
  writeFileSync(program, source);
  const server = spawn(process.execPath, [program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      EMULATOR: emulator.origin,
      CLIENT_ID: "shop",
      CLIENT_KEY: JSON.stringify(await exportJWK(privateKey)),
      COOKIE_SECRET: "a secret of no consequence, long enough",
    },
  });
  try {
    const [first] = await Promise.race([once(server.stdout, "data"), once(server, "exit")]);
    assert.match(String(first), /listening/);
    const agent = new UserAgent();
    assert.match((await agent.get(`${site}/`)).text, /href="\/auth\/login"/);
    const page = await agent.get(`${site}/auth/login`);
    await agent.post(page.url, { response: "normal", person: "ordinary" });
    const session = JSON.parse((await agent.get(`${site}/`)).text);
    assert.match(session.name, /本人/);
  } finally {
    server.kill();
    await emulator.close();
  }
});

test("the verification of an ID token accepts one, and refuses another nonce", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "ES256", use: "sig" }] };
  const service = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(keys));
  });
  service.listen(0, "127.0.0.1");
  await once(service, "listening");
  const issuer = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  // The only change: a service on this machine.
  const program = join(project.folder, "id-token.js");
  const sandbox = JSON.stringify({ issuer, jwksUri: `${issuer}/certs` });
  writeFileSync(program, idToken.replace("environments.sandbox", sandbox));
  try {
    const { subjectOf } = await import(pathToFileURL(program).href);
    const token = await new SignJWT({ nonce: "n" })
      .setProtectedHeader({ alg: "ES256", kid: "1" })
      .setIssuer(issuer)
      .setSubject("a person")
      .setAudience("myshop1")
      .setIssuedAt()
      .setExpirationTime("5 minutes")
      .sign(privateKey);
    assert.equal(await subjectOf(token, "n"), "a person");
    await assert.rejects(subjectOf(token, "another"), { code: "nonce-mismatch" });
  } finally {
    service.close();
    service.closeAllConnections();
  }
});
