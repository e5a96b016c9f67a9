// Jest: in Node's environment a test verifies; in jsdom's, it says where to run.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { packedProject } from "./packed.ts";
import { toolFolder, withoutTools } from "./tools.ts";

const project = packedProject();
after(() => project.remove());

const body = (pattern: string) => `
  import { verifyIdToken } from "honnin";
  import { environments } from "honnin/launch";
  test("an ID token is refused", async () => {
    const { issuer } = environments.sandbox;
    const options = { issuer, clientId: "a", nonce: null, keys: '{"keys":[]}' };
    const error = await verifyIdToken("x", options).catch((error) => error);
    expect(error.code + ": " + error.message).toMatch(${pattern});
  });
`;

function jest(name: string, environment: string, source: string) {
  writeFileSync(join(project.folder, `${name}.test.js`), source);
  const config = {
    ...{ rootDir: project.folder, testEnvironment: environment, transform: {} },
    ...{ testMatch: [`**/${name}.test.js`], injectGlobals: true },
  };
  const args = ["--experimental-vm-modules", join(toolFolder("jest"), "bin", "jest.js")];
  const configured = [...args, "--config", JSON.stringify(config), "--colors=false"];
  return spawnSync(process.execPath, configured, { cwd: project.folder, encoding: "utf8" });
}

const jsdom = () => toolFolder("jest-environment-jsdom");

test("Node's environment", { skip: withoutTools }, () => {
  const { status, stderr } = jest("node", "node", body("/^token-malformed/"));
  assert.equal(status, 0, stderr);
});

test("the recipe within a project for jsdom", { skip: withoutTools }, () => {
  const source = `/** @jest-environment node */\n${body("/^token-malformed/")}`;
  const { status, stderr } = jest("recipe", jsdom(), source);
  assert.equal(status, 0, stderr);
});

test("jsdom's environment: importing works, and the error has the remedy", { skip: withoutTools }, () => {
  const { status, stderr } = jest("jsdom", jsdom(), body("/^wasm-unreachable: .*@jest-environment node/"));
  assert.equal(status, 0, stderr);
});
