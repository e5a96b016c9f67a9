import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  CompactEncrypt,
  calculateJwkThumbprint,
  compactDecrypt,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from "jose";
import { packageFolder } from "../support/program.ts";

const program = join(packageFolder, "dist/cli/main.js");
const secrets = ["d", "p", "q", "dp", "dq", "qi"];

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "honnin-test-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function honnin(folder: string, ...args: string[]) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: folder });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

const readKey = async (path: string) => JSON.parse(await readFile(path, "utf8")) as JWK;

for (const [alg, args, kty] of [
  ["RS256", [], "RSA"],
  ["PS256", ["--alg", "PS256"], "RSA"],
  ["ES256", ["--alg=ES256"], "EC"],
] as const) {
  test(`${alg}: a pair that signs and verifies; the private half is in the file only`, async (t) => {
    const folder = await folderFor(t);
    const { code, stdout, stderr } = await honnin(folder, "keygen", ...args);
    assert.equal(code, 0, stderr);

    const file = join(folder, "client-key.json");
    const privateJwk = await readKey(file);
    const set = JSON.parse(stdout) as { keys: JWK[] };
    assert.deepEqual(Object.keys(set), ["keys"]);
    assert.equal(set.keys.length, 1);
    const [publicJwk = {} as JWK] = set.keys;
    assert.equal(stdout, `${JSON.stringify(set, null, 2)}\n`);

    // What is published is the private key without its secret members, and nothing else.
    assert.deepEqual(
      publicJwk,
      Object.fromEntries(Object.entries(privateJwk).filter(([name]) => !secrets.includes(name))),
    );
    const { kid, use } = publicJwk;
    assert.deepEqual([publicJwk.kty, publicJwk.alg, use], [kty, alg, "sig"]);
    assert.equal(kid, await calculateJwkThumbprint(publicJwk));
    if (kty === "RSA") assert.equal(Buffer.from(publicJwk.n ?? "", "base64url").length, 256);
    for (const name of secrets) {
      const value = privateJwk[name as keyof JWK];
      if (name === "d") assert.ok(value);
      if (typeof value === "string") assert.ok(!(stdout + stderr).includes(value), `${name} was shown`);
    }

    const assertion = await new SignJWT({ a: 1 })
      .setProtectedHeader({ alg, kid: kid as string })
      .sign(await importJWK(privateJwk, alg));
    assert.equal((await jwtVerify(assertion, await importJWK(publicJwk, alg))).payload.a, 1);
  });
}

for (const alg of ["RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"]) {
  test(`${alg}: a pair that encrypts and decrypts, in a file of its own`, async (t) => {
    const folder = await folderFor(t);
    const { code, stdout, stderr } = await honnin(folder, "keygen", "--alg", alg);
    assert.equal(code, 0, stderr);
    const privateJwk = await readKey(join(folder, "decryption-key.json"));
    const [publicJwk = {} as JWK] = (JSON.parse(stdout) as { keys: JWK[] }).keys;
    assert.deepEqual([publicJwk.alg, publicJwk.use], [alg, "enc"]);
    assert.deepEqual(
      publicJwk,
      Object.fromEntries(Object.entries(privateJwk).filter(([name]) => !secrets.includes(name))),
    );
    const sealed = await new CompactEncrypt(new TextEncoder().encode("x"))
      .setProtectedHeader({ alg, enc: "A256GCM" })
      .encrypt(await importJWK(publicJwk, alg));
    const { plaintext } = await compactDecrypt(sealed, await importJWK(privateJwk, alg));
    assert.equal(new TextDecoder().decode(plaintext), "x");
  });
}

test("only the owner can read the file, whatever the umask", {
  skip: process.platform === "win32",
}, async (t) => {
  const folder = await folderFor(t);
  const before = process.umask(0);
  t.after(() => process.umask(before));
  assert.equal((await honnin(folder, "keygen", "--alg", "ES256")).code, 0);
  assert.equal((await stat(join(folder, "client-key.json"))).mode & 0o777, 0o600);

  await chmod(join(folder, "client-key.json"), 0o644);
  assert.equal((await honnin(folder, "keygen", "--alg", "ES256", "--force")).code, 0);
  assert.equal((await stat(join(folder, "client-key.json"))).mode & 0o777, 0o600);
});

test("--kid and --out are taken as given", async (t) => {
  const folder = await folderFor(t);
  const { code, stdout } = await honnin(
    folder,
    "keygen",
    "--alg",
    "ES256",
    "--kid",
    "2026-11",
    "--out",
    "keys.json",
  );
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).keys[0].kid, "2026-11");
  assert.equal((await readKey(join(folder, "keys.json"))).kid, "2026-11");
  assert.deepEqual(await readdir(folder), ["keys.json"]);
});

test("two runs make two keys", async (t) => {
  const folder = await folderFor(t);
  const one = await honnin(folder, "keygen", "--alg", "ES256", "--out", "1");
  const two = await honnin(folder, "keygen", "--alg", "ES256", "--out", "2");
  assert.notEqual(JSON.parse(one.stdout).keys[0].x, JSON.parse(two.stdout).keys[0].x);
});

test("an existing file is kept, nothing is printed; --force replaces it whole", async (t) => {
  const folder = await folderFor(t);
  const file = join(folder, "client-key.json");
  await writeFile(file, "precious");
  const { code, stdout, stderr } = await honnin(folder, "keygen", "--alg", "ES256");
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /client-key\.json.*--force/);
  assert.equal(await readFile(file, "utf8"), "precious");

  const forced = await honnin(folder, "keygen", "--alg", "ES256", "--force");
  assert.equal(forced.code, 0);
  assert.equal((await readKey(file)).x, JSON.parse(forced.stdout).keys[0].x);
  assert.deepEqual(await readdir(folder), ["client-key.json"], "no temporary file is left");
});

test("links and folders are not written through", { skip: process.platform === "win32" }, async (t) => {
  const folder = await folderFor(t);
  await writeFile(join(folder, "target"), "precious");
  await symlink("target", join(folder, "link"));
  await symlink("nowhere", join(folder, "dangling"));
  await mkdir(join(folder, "folder"));
  for (const out of ["link", "dangling", "folder", "/dev/null", "/dev/stdout"]) {
    for (const force of [[], ["--force"]]) {
      const { code, stdout } = await honnin(folder, "keygen", "--alg", "ES256", "--out", out, ...force);
      assert.deepEqual([code, stdout], [1, ""], `${out} ${force}`);
    }
  }
  assert.equal(await readFile(join(folder, "target"), "utf8"), "precious");
  assert.ok((await lstat(join(folder, "link"))).isSymbolicLink());
  assert.deepEqual((await readdir(folder)).sort(), ["dangling", "folder", "link", "target"]);
});

test("a place that cannot be written is an error with its reason, and no key is shown", async (t) => {
  const folder = await folderFor(t);
  for (const force of [[], ["--force"]]) {
    const { code, stdout, stderr } = await honnin(
      folder,
      "keygen",
      "--alg",
      "ES256",
      "--out",
      "no/such/place",
      ...force,
    );
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /ENOENT/);
  }
});

test("the hints are in Japanese and English, on standard error", async (t) => {
  const { stderr } = await honnin(await folderFor(t), "keygen", "--alg", "ES256");
  assert.match(stderr, /申請書/);
  assert.match(stderr, /application form/);
});

const printEnvironment =
  "console.log(JSON.stringify([process.env.CLIENT_KEY, process.env.COOKIE_SECRET, process.env.A]))";

/** As Node reads the file. */
function readEnvironment(file: string): string[] {
  const args = [`--env-file=${file}`, "--eval", printEnvironment];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: {} });
  assert.equal(stderr, "");
  return JSON.parse(stdout) as string[];
}

test("--env makes a file with key and secret that Node reads, and prints the public key only", async (t) => {
  const folder = await folderFor(t);
  const file = join(folder, ".env");
  const { code, stdout, stderr } = await honnin(folder, "keygen", "--env", ".env", "--alg", "ES256");
  assert.equal(code, 0, stderr);
  assert.deepEqual(await readdir(folder), [".env"]);
  if (process.platform !== "win32") assert.equal((await stat(file)).mode & 0o777, 0o600);
  const [key = "", secret = ""] = readEnvironment(file);
  const { d, ...publicJwk } = JSON.parse(key) as JWK;
  assert.deepEqual(JSON.parse(stdout), { keys: [publicJwk] });
  assert.match(secret, /^[\w-]{43}$/);
  for (const hidden of [String(d), secret]) assert.ok(!(stdout + stderr).includes(hidden));
});

test("--env keeps what the file has, and never replaces a key or a secret", async (t) => {
  const folder = await folderFor(t);
  const file = join(folder, ".env");
  await writeFile(file, "A=1"); // without a line break
  await chmod(file, 0o644);
  assert.equal((await honnin(folder, "keygen", "--env", ".env", "--alg", "ES256")).code, 0);
  const [key, secret, other] = readEnvironment(file);
  assert.ok(key && secret);
  assert.equal(other, "1");
  if (process.platform !== "win32") assert.equal((await stat(file)).mode & 0o777, 0o600);

  for (const line of [undefined, "CLIENT_KEY=x", "A=1\nexport COOKIE_SECRET = x\n"]) {
    if (line !== undefined) await writeFile(file, line);
    const text = await readFile(file, "utf8");
    const { code, stdout, stderr } = await honnin(folder, "keygen", "--env", ".env", "--alg", "ES256");
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /\.env.*(CLIENT_KEY|COOKIE_SECRET)/);
    assert.equal(await readFile(file, "utf8"), text);
  }
  assert.deepEqual(await readdir(folder), [".env"]);
});

test("--env: no character of a key ID ends the value or names a variable", async (t) => {
  const folder = await folderFor(t);
  const kid = "a'b$HOME$(c)`d`\\";
  const { code } = await honnin(folder, "keygen", "--env", ".env", "--alg", "ES256", "--kid", kid);
  assert.equal(code, 0);
  assert.equal((JSON.parse(readEnvironment(join(folder, ".env"))[0] ?? "") as JWK).kid, kid);
  const [line = ""] = (await readFile(join(folder, ".env"), "utf8")).split("\n");
  assert.match(line, /^CLIENT_KEY='[^'$`]+'$/);
});

test("--env does not write through a folder or a link", { skip: process.platform === "win32" }, async (t) => {
  const folder = await folderFor(t);
  await writeFile(join(folder, "target"), "A=1\n");
  await symlink("target", join(folder, "link"));
  await mkdir(join(folder, "folder"));
  for (const file of ["link", "folder", "no/such/place"]) {
    const { code, stdout } = await honnin(folder, "keygen", "--env", file, "--alg", "ES256");
    assert.deepEqual([code, stdout], [1, ""], file);
  }
  assert.equal(await readFile(join(folder, "target"), "utf8"), "A=1\n");
});

for (const args of [["--help"], ["-h"], ["help"], ["keygen", "--help"], ["keygen", "-h"]]) {
  test(`honnin ${args.join(" ")} explains`, async (t) => {
    const folder = await folderFor(t);
    const { code, stdout, stderr } = await honnin(folder, ...args);
    assert.deepEqual([code, stderr], [0, ""]);
    for (const word of ["keygen", "--alg", "--kid", "--env", "--out", "--force"])
      assert.ok(stdout.includes(word));
    assert.deepEqual(await readdir(folder), []);
  });
}

test("honnin --version is the package's", async (t) => {
  const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8"));
  assert.deepEqual(await honnin(await folderFor(t), "--version"), {
    code: 0,
    stdout: `${version}\n`,
    stderr: "",
  });
});

test("npx honnin works in the repository, also after a second build", {
  skip: process.platform === "win32",
}, async () => {
  assert.notEqual((await stat(program)).mode & 0o111, 0, "executable");
  const link = join(packageFolder, "..", "node_modules", ".bin", "honnin");
  const { status, stdout } = spawnSync(link, ["--version"], { encoding: "utf8" });
  assert.equal(status, 0);
  assert.match(stdout, /^\d+\.\d+\.\d+/);
});

for (const args of [
  [],
  ["inspekt"],
  ["--alg", "ES256"],
  ["keygen", "--algorithm", "ES256"],
  ["keygen", "extra"],
  ["keygen", "--alg"],
  ["keygen", "--alg", "HS256"],
  ["keygen", "--alg", "none"],
  ["keygen", "--alg", ""],
  ["keygen", "--kid", ""],
  ["keygen", "--kid", "a b"],
  ["keygen", "--kid", "鍵"],
  ["keygen", "--kid", "a".repeat(256)],
  ["keygen", "--out", ""],
  ["keygen", "--out", "-"],
  ["keygen", "--force=yes"],
  ["keygen", "--env"],
  ["keygen", "--env", ""],
  ["keygen", "--env", "-"],
  ["keygen", "--env", ".env", "--force"],
  ["keygen", "--env", ".env", "--out", "key.json"],
  ["keygen", "--env", ".env", "--cookie-secret"],
  ["keygen", "--env", ".env", "--alg", "ECDH-ES"],
]) {
  test(`honnin ${args.join(" ").slice(0, 40)}: exit code 2, the usage, nothing made`, async (t) => {
    const folder = await folderFor(t);
    const { code, stdout, stderr } = await honnin(folder, ...args);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^honnin: .+\n\nhonnin keygen /);
    assert.deepEqual(await readdir(folder), []);
  });
}

test("the program is marked as one of Node's", async () => {
  const source = await readFile(program, "utf8");
  assert.ok(source.startsWith("#!/usr/bin/env node\n"));
});

test("a secret for cookies is random, long enough, in a file of the user's only, and shown nowhere", async (t) => {
  const folder = await folderFor(t);
  const made = new Set<string>();
  for (const out of ["cookie-secret.txt", "a.txt", "b.txt"]) {
    const { code, stdout, stderr } = await honnin(folder, "keygen", "--cookie-secret", "--out", out);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "");
    const path = join(folder, out);
    const secret = await readFile(path, "utf8");
    assert.match(secret, /^[\w-]{43}$/);
    assert.ok(!stderr.includes(secret));
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    made.add(secret);
  }
  assert.equal(made.size, 3);
  const again = await honnin(folder, "keygen", "--cookie-secret");
  assert.equal(again.code, 1);
  assert.ok(made.has(await readFile(join(folder, "cookie-secret.txt"), "utf8")));
  assert.equal((await honnin(folder, "keygen", "--cookie-secret", "--force")).code, 0);
  assert.ok(!made.has(await readFile(join(folder, "cookie-secret.txt"), "utf8")));
  for (const more of [
    ["--alg", "ES256"],
    ["--kid", "x"],
  ])
    assert.equal((await honnin(folder, "keygen", "--cookie-secret", ...more)).code, 2);
});
