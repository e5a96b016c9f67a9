// The command: wrong options in one sentence, the reports, the exit codes.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, mock, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run as check } from "../src/check-command.js";
import { trustingSite } from "./sites/controls.js";
import { type Bench, keyPair, setUp } from "./sites/support.js";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "checker-"));
/** `npm test` compiles the program; it starts in a third of the time. */
const compiled = process.env.HONNIN_COMPILED;
const program =
  compiled === undefined ? ["--import", "tsx", main] : [join(compiled, "demo/checker/src/main.mjs")];

let bench: Bench;
before(async () => {
  bench = await setUp(trustingSite);
});
after(async () => {
  rmSync(folder, { recursive: true });
  await bench?.close();
});

const run = (...args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = { ...process.env, LC_ALL: "C" };
    execFile(process.execPath, [...program, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

/** In this process, for what writes to stderr only. */
async function runHere(args: readonly string[]): Promise<{ code: number; stderr: string }> {
  let stderr = "";
  const write = mock.method(process.stderr, "write", (chunk: unknown) => {
    stderr += String(chunk);
    return true;
  });
  try {
    return { code: await check(args), stderr };
  } finally {
    write.mock.restore();
  }
}

test("a wrong option is told in one sentence, with the remedy", async () => {
  const notJson = join(folder, "not.json");
  writeFileSync(notJson, "keys");
  const noKeys = join(folder, "no-keys.json");
  writeFileSync(noKeys, "{}");
  const { own, registered } = await keyPair("ES256", "sig", "key");
  const privateKey = join(folder, "client-key.json");
  writeFileSync(privateKey, JSON.stringify(own));
  const privateSet = join(folder, "private-set.json");
  writeFileSync(privateSet, JSON.stringify({ keys: [own] }));
  const publicSet = join(folder, "jwks.json");
  writeFileSync(publicSet, JSON.stringify({ keys: [registered] }));
  const usedPort = new URL(bench.emulator.origin).port;
  const url = "http://localhost:1/login";
  const emulator = ["--emulator", "http://localhost:2"];
  const cases: [string[], RegExp][] = [
    [[], /which site/],
    [[url], /--port N .*--emulator URL/],
    [[url, ...emulator, "--port", "1"], /--port N .*--emulator URL/],
    [[url, "--emulator", "https://sb-auth-and-sign.go.jp"], /--emulator names the real service/],
    [[url, "--emulator", "https://localhost:2"], /no emulator answers.*NODE_EXTRA_CA_CERTS/],
    [["login", ...emulator], /must be a URL/],
    [["ftp://localhost/", ...emulator], /must be a URL/],
    [[url, "more", ...emulator], /second one/],
    [[url, ...emulator, "--nonsense"], /no option --nonsense/],
    [[url, ...emulator, "--only"], /--only needs a value/],
    [[url, ...emulator, "--only", "wrong-nnce"], /wrong-nnce, which is no row/],
    [[url, ...emulator, "--only", "sign-revoked"], /give --sign/],
    [[url, ...emulator, "--jwks", "a"], /--jwks is for --port/],
    [[url, ...emulator, "--signed-in", "/me"], /'\/me 200'/],
    [[url, ...emulator, "--signed", "/me 200"], /--sign is missing/],
    [[url, ...emulator, "--timeout", "0"], /--timeout must be a whole number/],
    [[url, ...emulator, "--lang", "fr"], /ja or en/],
    [[url, ...emulator, "--json", join(folder, "none", "a.json")], /--json cannot be written/],
    [[url, "--port", "x", "--jwks", notJson], /--port must be a whole number/],
    [[url, "--port", "1", "--jwks", noKeys], /--jwks: This is not a JWK Set/],
    [[url, "--port", "1", "--jwks", privateKey], /is a private key: .*Give the JWK Set with the public key/],
    [[url, "--port", "1", "--jwks", privateSet], /--jwks: .*contains a private key/],
    [[url, "--port", "1", "--port", "2"], /--port can be given only once/],
    [[url, ...emulator, "--json", "same.json", "--junit", "./same.json"], /name the same file/],
    [[url, "--port", "1", "--jwks", publicSet, "--host", "203.0.113.9"], /is not an address of this machine/],
    [[url, "--port", usedPort, "--jwks", publicSet], /port is in use; .*--emulator/],
    [[url, "--port", "1"], /needs --jwks/],
    [[url, "--port", "1", "--jwks", join(folder, "none")], /does not exist/],
    [[url, "--port", "1", "--jwks", notJson], /not JSON/],
    [[url, "--port", "1", "--jwks", noKeys, "--client-id", "a"], /both --client-id and --redirect-uri/],
    [[url, "--port", "1", "--jwks", noKeys, "--control-token", "a"], /is for --emulator/],
    [["GET http://localhost/ a=b", ...emulator], /which only POST sends/],
    [[url, ...emulator], /no emulator answers/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await runHere(args.includes("--lang") ? args : [...args, "--lang", "en"]);
    assert.equal(code, 2, args.join(" "));
    assert.match(stderr, message);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    if (args.includes("--lang")) continue;
    const japanese = await runHere([...args, "--lang", "ja"]);
    assert.equal(japanese.code, 2, args.join(" "));
    assert.match(japanese.stderr, /^[^\n]*[ぁ-ん][^\n]*\n$/, args.join(" "));
    assert.notEqual(japanese.stderr, stderr);
  }
  const { code, stdout, stderr } = await run("sniff", "--lang", "en");
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /There is no command “sniff”/);
  assert.equal(stderr.trim().split("\n").length, 1, stderr);
});

test("the table, both reports and the exit code say the same", async () => {
  const [json, junit] = [join(folder, "report.json"), join(folder, "report.xml")];
  const common = ["check", bench.site.login, "--emulator", bench.emulator.origin, "--wait", "0"];
  const only = ["--only", "wrong-nonce,wrong-at-hash,token-fail"];
  const { code, stdout, stderr } = await run(...common, ...only, "--json", json, "--junit", junit);
  assert.equal(stderr, "");
  assert.equal(code, 1);
  assert.match(stdout, /NG accepted 200 +wrong-nonce +Wrong nonce +OIDC Core 3\.1\.3\.7 \(11\)/);
  assert.match(stdout, /ok accepted 200 +wrong-at-hash/);
  assert.match(stdout, /ok refused 400 +token-fail/);
  assert.match(stdout, /wrong-at-hash: the standards leave it to the site\. Optional in the code flow/);
  assert.match(stdout, /refused 1, accepted 2/);

  const report = JSON.parse(readFileSync(json, "utf8"));
  assert.equal(report.exitCode, 1);
  assert.equal(report.issuer, bench.emulator.issuer);
  assert.deepEqual(
    report.rows.map(({ id, verdict, fault, status }: Record<string, unknown>) => [
      id,
      verdict,
      fault,
      status,
    ]),
    [
      ["wrong-nonce", "accepted", true, 200],
      ["wrong-at-hash", "accepted", false, 200],
      ["token-fail", "refused", false, 400],
    ],
  );
  // Neither codes and states nor a person.
  assert.doesNotMatch(readFileSync(json, "utf8"), /code=|state=|eyJ|本人|[0-9a-f]{8}-[0-9a-f]{4}-8/);

  const xml = readFileSync(junit, "utf8");
  assert.match(xml, /<testsuite name="login" tests="3" failures="1" errors="0" skipped="0"/);
  assert.match(
    xml,
    /<testcase classname="login\.id-token" name="wrong-nonce: Wrong nonce" time="[\d.]+"><failure/,
  );
  assert.equal(xml.match(/<testcase /g)?.length, 3);
});

test("--strict counts what is left to the site, and --lang ja speaks Japanese", async () => {
  const common = ["check", bench.site.login, "--emulator", bench.emulator.origin, "--only", "wrong-at-hash"];
  assert.equal((await run(...common)).code, 0);
  const { code, stdout } = await run(...common, "--strict", "--lang", "ja");
  assert.equal(code, 1);
  assert.match(stdout, /NG 受け入れ 200 +wrong-at-hash +at_hashが違う/);
  assert.match(stdout, /ID トークン/);
});

test("what cannot be checked is told with exit code 2, and the report is written", async () => {
  const json = join(folder, "nothing.json");
  const common = ["--emulator", bench.emulator.origin, "--only", "wrong-nonce", "--wait", "0"];
  const { code, stdout } = await run("check", `${bench.site.origin}/nowhere`, ...common, "--json", json);
  assert.equal(code, 2);
  assert.match(stdout, /No way leads from this page to the service \(404 http:\/\/localhost:\d+\/nowhere\)/);
  assert.ok(existsSync(json));
  const { problem, exitCode } = JSON.parse(readFileSync(json, "utf8"));
  assert.deepEqual([problem.code, exitCode], ["not-a-login", 2]);
});

test("--help names the exit codes and, in both languages, the same options", async () => {
  const optionsIn = (text: string) => [...new Set(text.match(/--[a-z-]+/g))].sort();
  const exitCodes = {
    check: { en: /0 all refused; 1 something was accepted/, ja: /0 すべて拒否した、1 受け入れたもの/ },
    probe: { en: /0 complete; 1 the report ends early/, ja: /0 完了、1 途中までの報告書/ },
  };
  for (const [command, patterns] of Object.entries(exitCodes)) {
    const en = await run(command, "--help", "--lang", "en");
    const ja = await run(command, "--help", "--lang", "ja");
    assert.deepEqual([en.code, ja.code], [0, 0]);
    assert.match(en.stdout, patterns.en);
    assert.match(ja.stdout, patterns.ja);
    assert.deepEqual(optionsIn(ja.stdout), optionsIn(en.stdout));
    assert.deepEqual(await run(command, "--help", "--lang", "fr").then(({ code }) => code), 2);
  }
});

test("an earlier report stays until there is a new one", async () => {
  const json = join(folder, "earlier.json");
  writeFileSync(json, "earlier");
  const { code } = await runHere([
    "http://localhost:1/login",
    "--emulator",
    "http://localhost:2",
    "--json",
    json,
  ]);
  assert.deepEqual([code, readFileSync(json, "utf8")], [2, "earlier"]);
});

test("a reader that closes the pipe gets no trace, and the report is written all the same", async () => {
  const json = join(folder, "unread.json");
  const common = ["--emulator", bench.emulator.origin, "--only", "wrong-nonce", "--json", json];
  const args = [...program, "check", bench.site.login, ...common];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  assert.equal(await new Promise((resolve) => child.once("close", resolve)), 1);
  assert.equal(stderr, "");
  assert.deepEqual(
    JSON.parse(readFileSync(json, "utf8")).rows.map(({ id }: { id: string }) => id),
    ["wrong-nonce"],
  );
});
