// The examples of the testing kit, with the package as it is published: Vitest without a browser, Playwright with one. Both
// run side by side, with the same client ID.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { root } from "../support/paths.ts";

const examples = join(root, "demo/emulator/npm/examples");
const folder = mkdtempSync(join(tmpdir(), "honnin-examples-"));
after(() => rmSync(folder, { recursive: true }));

/** Runs a test runner to its end; gives its output without colours. */
async function run(cwd: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...inherited, NO_COLOR: "1", FORCE_COLOR: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(code, 0, output);
  return output;
}

function secondsOfLogin(output: string): string {
  const [line, seconds] = /one login: (\d+\.\d+) s/.exec(output) ?? [];
  assert.ok(line !== undefined && Number(seconds) > 0, output);
  return line;
}

// Machines may be slow; the runners' own limits are for idle ones.
const patience = "120000";

test("the examples pass, side by side", async (t) => {
  const limits = [`--testTimeout=${patience}`, `--hookTimeout=${patience}`];
  const [vitest, playwright] = await Promise.all([
    run(join(examples, "vitest"), [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      "--root",
      ".",
      ...limits,
    ]),
    run(
      join(examples, "playwright"),
      [join(root, "node_modules/@playwright/test/cli.js"), "test", "--timeout", patience],
      {
        CHROMIUM: process.env.HONNIN_CHROMIUM || "/usr/bin/chromium",
        PLAYWRIGHT_OUTPUT: join(folder, "playwright"),
      },
    ),
  ]);
  assert.match(vitest, /Tests {2}4 passed \(4\)/);
  assert.match(playwright, /3 passed/);
  t.diagnostic(`Vitest, without a browser: ${secondsOfLogin(vitest)}`);
  t.diagnostic(`Playwright, in Chromium: ${secondsOfLogin(playwright)}`);
});
