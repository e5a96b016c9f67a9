import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as nextTry } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { dispatch } from "../src/cli/dispatch.js";
import { groups } from "../src/cli/start-flags.js";
import { type EmulatorConfig, startEmulator } from "../src/index.js";
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

test("ends with npx, which ends its shell only", { skip: process.platform === "win32" }, async () => {
  // The shell stays while the emulator runs, as that of npx does.
  const line = [process.execPath, ...program].map((part) => `"${part}"`).join(" ");
  const env = { ...process.env, npm_command: "exec" };
  const shell = spawn("sh", ["-c", `${line} & wait`], { env });
  // The emulator has the other end of this pipe.
  const closed = once(shell.stdout, "close");
  let output = "";
  await new Promise<void>((resolve) =>
    shell.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Ctrl-C")) resolve();
    }),
  );
  shell.kill("SIGTERM");
  await once(shell, "exit");
  await closed;
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

/** The command in this process, for command lines that do not start anything. */
async function inProcess(args: string[], env: NodeJS.ProcessEnv = {}) {
  const output = { stdout: "", stderr: "" };
  const status = await dispatch(args, env, {
    print: (text) => {
      output.stdout += text;
    },
    complain: (text) => {
      output.stderr += text;
    },
  });
  return { status, ...output };
}

test("--https writes the certificate, with which a site on Node trusts it", {
  skip: process.platform === "win32",
}, async () => {
  const file = join(folder, "emulator.pem");
  const child = spawn(
    process.execPath,
    command("--https", "--host", "127.0.0.2", "--certificate-out", file, "--lang", "en"),
  );
  let output = "";
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes("Ctrl-C")) break;
  }
  const value = (name: string) => new RegExp(`^  ${name}=(.+)$`, "m").exec(output)?.[1] ?? "";
  assert.match(value("ISSUER"), /^https:\/\/127\.0\.0\.2:/);
  assert.equal(value("NODE_EXTRA_CA_CERTS"), file);
  const script = `fetch(${JSON.stringify(value("JWKS_URI"))}).then(({ status }) => console.log(status))`;
  const site = spawnSync(process.execPath, ["-e", script], {
    encoding: "utf8",
    env: { ...process.env, NODE_EXTRA_CA_CERTS: file },
  });
  assert.equal(site.stdout, "200\n", site.stderr);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  assert.equal(await ended, 0);
});

test("--help explains every option in the language of the terminal, and who can change settings", async () => {
  const names = groups.flatMap(({ flags }) => flags.map(({ name }) => name));
  for (const [args, env, words] of [
    [["--help"], {}, /hides itself/],
    [["-h"], { LANG: "de_DE.UTF-8" }, /Addresses/],
    [["--help"], { LANG: "ja_JP.UTF-8" }, /自分を隠すプロキシ/],
    [["--help"], { LC_ALL: "C", LANG: "ja_JP.UTF-8" }, /Addresses/],
    [["--help", "--lang", "ja"], { LANG: "en_US.UTF-8" }, /アドレス/],
    [["start", "--help", "--lang=ja"], {}, /アドレス/],
    [["--help"], { HONNIN_EMULATOR_LANG: "ja" }, /アドレス/],
  ] as [string[], NodeJS.ProcessEnv, RegExp][]) {
    const { status, stdout } = await inProcess(args, env);
    assert.equal(status, 0);
    assert.match(stdout, words);
    for (const name of names) assert.match(stdout, new RegExp(`^  --${name}\\b`, "m"));
    for (const line of stdout.split("\n")) assert.doesNotMatch(line, / $/);
  }
});

const privateKey = join(folder, "emulator-key.json");
writeFileSync(privateKey, JSON.stringify(newClient().privateKey.export({ format: "jwk" })));
const privateSet = join(folder, "private-set.json");
writeFileSync(privateSet, JSON.stringify({ keys: [JSON.parse(readFileSync(privateKey, "utf8"))] }));
const privatePem = join(folder, "private.pem");
writeFileSync(privatePem, newClient().privateKey.export({ format: "pem", type: "pkcs8" }));
const publicPem = join(folder, "public.pem");
writeFileSync(publicPem, createPublicKey(newClient().privateKey).export({ format: "pem", type: "spki" }));
const broken = join(folder, "broken.json");
writeFileSync(broken, '{"keys": [');
const people = join(folder, "people.json");
writeFileSync(people, '{"people": [{"id": "a", "birthdate": "1980-02-17"}]}');
const client = (file: string, id = "a") => [
  "--client-id",
  id,
  "--jwks",
  file,
  "--redirect-uri",
  "https://a.example/",
];

test("says what is wrong in one sentence, with the remedy, in both languages", async () => {
  for (const [args, en, ja] of [
    [["--port", "x"], /--port must be a whole number from 0 to 65535/, /--port は 0 から 65535/],
    [["--port"], /--port needs a value \(N\)\. For example: --port 8080/, /例: --port 8080/],
    [["--host", "--port", "1"], /--host needs a value/, /--host には値/],
    [["--port", "1", "--port", "2"], /only once/, /1 回だけ/],
    [["--mode", "test-crad"], /Did you mean test-card\?/, /test-card ではありませんか/],
    [["--prot", "1"], /no --prot\. Did you mean --port\?/, /--port ではありませんか/],
    [["--nonsense"], /no option --nonsense; --help lists all/, /--help/],
    [["--quiet=yes"], /--quiet takes no value/, /値は付けられません/],
    [["strat"], /no command “strat”\. Did you mean start\?/, /start ではありませんか/],
    [["8080"], /no command “8080”/, /コマンドはありません/],
    [["--quiet", "8080"], /“8080” belongs to no option/, /「8080」の前に/],
    [["--client-id", "a"], /needs --jwks too/, /--jwks も必要/],
    [["--client-id", "a", "--jwks", jwks], /needs --redirect-uri too/, /--redirect-uri も必要/],
    [["--name", "a"], /--name .*--client-id is missing/, /--client-id がありません/],
    [client(join(folder, "none.json")), /does not exist: \/.*none\.json/, /none\.json がありません/],
    [client(broken), /is not JSON \(.*: \/.*broken\.json/, /JSON として読めません/],
    [client(privateKey), /is a private key: .*JWK Set with the public key/, /は秘密鍵です/],
    [client(privatePem), /is a private key: .*JWK Set with the public key/, /は秘密鍵です/],
    [client(publicPem), /is PEM: .*Give the JWK Set/, /は PEM です/],
    [client(privateSet), /--jwks: .*contains a private key/, /--jwks: 秘密鍵が含まれています/],
    [
      client(jwks, "my-shop"),
      /--client-id: .*letters and digits only.*For example: myshop$/m,
      /例: myshop$/m,
    ],
    [
      ["--people", people],
      /people\.json: people\[0\]\.birthdate must be/,
      /people\[0\]\.birthdate: YYYYMMDD/,
    ],
    [["--auto-response", "expired"], /needs --auto too/, /--auto も必要/],
    [["--auto", "ordinray"], /--auto: .*Did you mean ordinary\?/, /--auto: .*ordinary ではありませんか/],
    [["--auto", "nobody"], /There are ordinary, .*no-basic-items\.$/m, /ordinary、.* のどれかです/],
    [
      ["--auto", "ordinary", "--auto-response", "wrong-nonse"],
      /Did you mean wrong-nonce\?/,
      /wrong-nonce ではありませんか/,
    ],
    [["--auto", "ordinary", "--auto-response", "x"], /normal, an error such as/, /異常の ID/],
    [[...client(jwks), "--alg", "es256"], /Did you mean ES256\?/, /ES256 ではありませんか/],
    [["--fault", "token=fail=slow"], /ENDPOINT=FAULT/, /エンドポイント=障害/],
    [["--fault", "token=fail", "--fault", "token=slow"], /names token twice/, /token が 2 回/],
    [["--certificate", jwks], /needs --key too/, /--key も必要/],
    [["--certificate-out", "x.pem"], /needs --https too/, /--https も必要/],
    [["--certificate", jwks, "--key", jwks], /--certificate: .*PEM/, /--certificate: .*PEM/],
    [
      ["--https", "--certificate-out", jwks],
      /jwks\.json \(EEXIST\).*--certificate-out/,
      /書けません（EEXIST）/,
    ],
    [["--fault", "token"], /ENDPOINT=FAULT.*--fault token=fail/, /エンドポイント=障害/],
    [["--fault", "tokn=fail"], /Did you mean token\?/, /token ではありませんか/],
    [["--fault", "token=private-key"], /--fault: /, /--fault: /],
    [["--public-origin", "https://op.example/emulator"], /--public-origin: .*path/, /パス/],
    [["--host", "op.example"], /--host: .*address of this machine.*127\.0\.0\.1/, /127\.0\.0\.1/],
    [["--host", "203.0.113.9"], /203\.0\.113\.9 is not an address of this machine/, /アドレスではありません/],
  ] as [string[], RegExp, RegExp][]) {
    for (const [lang, words] of [
      ["en", en],
      ["ja", ja],
    ] as const) {
      const { status, stderr } = await inProcess(args, { HONNIN_EMULATOR_LANG: lang });
      assert.ok(status === 1 || status === 2);
      assert.match(stderr, words);
      assert.match(stderr, /^honnin-emulator: [^\n]+\n$/);
    }
  }
});

test("the program ends with the code of its command", () => {
  const args = command("--prot", "1", "--lang", "en");
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.deepEqual([status, stderr], [2, "honnin-emulator: There is no --prot. Did you mean --port?\n"]);
});

test("a port in use is named, with what to do", async () => {
  const { port, close } = await startEmulator({ quiet: true });
  try {
    const { status, stderr } = await inProcess(["--port", String(port), "--lang", "en"]);
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`^honnin-emulator: Port ${port} is in use .*--port ${port + 1}.*\n$`));
  } finally {
    await close();
  }
});

test("variables stand for options, the command line wins, and a wrong name is found", {
  skip: process.platform === "win32",
}, async () => {
  const env = {
    HONNIN_EMULATOR_CLIENT_ID: "fromVariable",
    HONNIN_EMULATOR_JWKS: jwks,
    HONNIN_EMULATOR_REDIRECT_URI: "https://a.example/one https://a.example/two",
    HONNIN_EMULATOR_MODE: "app",
    HONNIN_EMULATOR_FAULT: "token=fail userinfo=slow",
    HONNIN_EMULATOR_QUIET: "false",
    HONNIN_EMULATOR_NAME: "",
  };
  const child = spawn(process.execPath, command("--mode", "test-card"), { env: { ...process.env, ...env } });
  let output = "";
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes("Ctrl-C")) break;
  }
  const origin = new URL(/ISSUER=(\S+)/.exec(output)?.[1] ?? "").origin;
  const config = (await (await fetch(`${origin}/emulator/config`)).json()) as EmulatorConfig;
  assert.equal(config.mode, "test-card");
  assert.deepEqual(
    [config.faults.token, config.faults.userinfo, config.faults.jwks],
    ["fail", "slow", "none"],
  );
  const [registered] = config.clients;
  assert.equal(registered?.clientId, "fromVariable");
  assert.equal(registered?.name, "fromVariable");
  assert.deepEqual(registered?.redirectUris, ["https://a.example/one", "https://a.example/two"]);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  assert.equal(await ended, 0);

  const wrong = await inProcess(["--lang", "en"], { HONNIN_EMULATOR_PROT: "1" });
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /no HONNIN_EMULATOR_PROT\. Did you mean HONNIN_EMULATOR_PORT\?/);
  assert.match(
    (await inProcess(["--lang", "en"], { HONNIN_EMULATOR_PORT: "x" })).stderr,
    /HONNIN_EMULATOR_PORT must be a whole number/,
  );
});

test("a JWK Set in UTF-16, as Windows PowerShell writes it, is read", async () => {
  const utf16 = join(folder, "utf16.json");
  writeFileSync(utf16, Buffer.from(`\uFEFF${readFileSync(jwks, "utf8")}`, "utf16le"));
  // The command goes on to the next error.
  const { stderr } = await inProcess([...client(utf16), "--auto", "ordinray", "--lang", "en"]);
  assert.match(stderr, /^honnin-emulator: --auto: [^\n]+\n$/);
});

test("a reader that closes the pipe ends neither the help nor the emulator with an error", {
  skip: process.platform === "win32",
}, async () => {
  const unread = (...args: string[]) => {
    const child = spawn(process.execPath, command(...args), { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    const said = { stderr: "" };
    child.stderr.on("data", (chunk) => {
      said.stderr += chunk;
    });
    const ended = new Promise<unknown>((resolve) => child.once("close", resolve));
    return { child, said, ended };
  };
  const help = unread("--help");
  assert.deepEqual([await help.ended, help.said.stderr], [0, ""]);

  const { port, close } = await startEmulator({ quiet: true });
  await close();
  const { child, said, ended } = unread("--port", String(port));
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`)
      .then(({ ok }) => ok)
      .catch(() => false);
  while (child.exitCode === null && !(await answers())) await nextTry(20);
  assert.equal(child.exitCode, null, said.stderr);
  child.kill("SIGINT");
  assert.deepEqual([await ended, said.stderr], [0, ""]);
});
