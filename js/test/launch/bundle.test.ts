// What must not bleed into the launch entry: WebAssembly, other parts of the package, the platform of one runtime.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const js = fileURLToPath(new URL("../../", import.meta.url));

async function bundle(): Promise<{ text: string; inputs: string[] }> {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: js,
    stdin: { contents: 'export * from "honnin/launch"', resolveDir: js },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  return { text: outputFiles[0]?.text ?? "", inputs: Object.keys(metafile.inputs) };
}

test("the launch entry contains no WebAssembly and nothing of one runtime", async () => {
  const { text } = await bundle();
  assert.ok(text.includes("createAuthorizationRequest") && text.length > 5000, "the bundle is the entry");
  for (const word of [/webassembly/i, /wasm/i, /\bprocess\b/, /\bBuffer\b/, /\brequire\b/]) {
    assert.doesNotMatch(text, word);
  }
});

test("the launch entry is made of its own folder, the error, the https rule and uqr", async () => {
  const { inputs } = await bundle();
  const foreign = inputs.filter(
    (path) =>
      !/^(<stdin>|dist\/launch\/[a-z-]+\.js|dist\/(error|secure-url)\.js)$/.test(path) &&
      !/\/uqr\/dist\//.test(path),
  );
  assert.deepEqual(foreign, []);
});

test("the launch entry runs where there is no WebAssembly, and importing it does nothing", async () => {
  const program = `
    delete globalThis.WebAssembly;
    const forbid = (name) => () => { throw new Error(name + " at import time"); };
    const fetch = globalThis.fetch;
    globalThis.fetch = forbid("fetch");
    const getRandomValues = crypto.getRandomValues;
    crypto.getRandomValues = forbid("randomness");
    const launch = await import("honnin/launch");
    crypto.getRandomValues = getRandomValues;
    const { url, state } = await launch.createAuthorizationRequest({
      environment: launch.environments.sandbox, clientId: "a", redirectUri: "https://shop.example/cb" });
    launch.qrSvg(url);
    launch.chooseLaunch();
    const { code } = launch.readAuthorizationResponse("code=abc&state=" + state,
      { state, issuer: launch.environments.sandbox.issuer });
    process.stdout.write(code + typeof WebAssembly);
  `;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: js,
    encoding: "utf8",
  });
  assert.equal(output, "abcundefined");
});
