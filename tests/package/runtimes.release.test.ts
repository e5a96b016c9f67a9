// The lowest versions of Node that `engines` names, and a current one: `import` and `require` of the packed package.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { packedProject } from "./packed.ts";
import { nodeFrom } from "./tools.ts";

const project = packedProject();
after(() => project.remove());

const versions = { "node-20": "20.19.0", "node-22": "22.12.0", "node-24": "24." };

const program = (load: string) => `
  const options = { issuer: "https://op.example", clientId: "a", nonce: null, keys: '{"keys":[]}' };
  const codeOf = (promise) => promise.then(() => "ok", ({ code }) => code);
  ${load}.then(async ([{ inspect, verifyIdToken }, { relyingParty }, { qrSvg }]) => {
    const codes = [await codeOf(verifyIdToken("x", options)), await codeOf(inspect(new Uint8Array(3)))];
    console.log(JSON.stringify([process.version, ...codes, typeof relyingParty, qrSvg("https://a.example/").slice(0, 4)]));
  });
`;
const entries = ["honnin", "honnin/relying-party", "honnin/launch"].map((entry) => JSON.stringify(entry));
const loads = {
  import: program(`Promise.all([${entries.map((entry) => `import(${entry})`).join()}])`),
  require: program(`Promise.resolve([${entries.map((entry) => `require(${entry})`).join()}])`),
};

test("the tested versions are the bounds of engines", () => {
  const { engines } = JSON.parse(readFileSync(join(project.honnin, "package.json"), "utf8"));
  assert.equal(engines.node, `^${versions["node-20"]} || >=${versions["node-22"]}`);
});

for (const [name, version] of Object.entries(versions)) {
  const node = nodeFrom(name);
  const skip = node ? false : "this Node is not installed";
  for (const [how, source] of Object.entries(loads))
    test(`Node ${version}: ${how}`, { skip }, async () => {
      const type = how === "require" ? "commonjs" : "module";
      const args = [`--input-type=${type}`, "--eval", source];
      const { stdout } = await promisify(execFile)(node ?? "", args, { cwd: project.folder });
      const [found, ...rest] = JSON.parse(stdout);
      assert.ok(found.startsWith(`v${version}`), found);
      assert.deepEqual(rest, ["token-malformed", "format-unknown", "function", "<svg"]);
    });
  test(`Node ${version}: the command`, { skip }, async () => {
    const args = [join(project.honnin, "dist", "cli", "main.js"), "keygen", "--cookie-secret", "--force"];
    await promisify(execFile)(node ?? "", args, { cwd: project.folder });
    assert.match(readFileSync(join(project.folder, "cookie-secret.txt"), "utf8"), /^\S{32,}\s*$/);
  });
}
