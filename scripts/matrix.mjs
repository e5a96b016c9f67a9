// npm run test:matrix [-- --write] [-- name …]: honnin, as npm would publish it, in a project of each environment. docs/environments.md
// has what came out; `--write` writes it there.
import { build } from "./lib/build.mjs";
import { bun, chromium, deno, firefox, headlessShell, webkit } from "./lib/machine.mjs";
import { command, step } from "./lib/process.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";
import { setup } from "./lib/setup.mjs";

/** Programs by the variables with which tests find them, and what needs them: everything, or one environment. */
const programs = [
  ["Chromium", "HONNIN_CHROMIUM", async () => (await headlessShell()) ?? chromium()],
  ["Firefox", "HONNIN_FIREFOX", firefox, "browsers-firefox"],
  ["WebKit", "HONNIN_WEBKIT", webkit, "browsers-webkit"],
  ["Deno", "HONNIN_DENO", deno, "deno"],
  ["Bun", "HONNIN_BUN", bun, "bun"],
];

await command(async (args) => {
  const names = args.filter((arg) => !arg.startsWith("--"));
  await setup();
  await build();
  for (const [title, variable, find, name] of programs) {
    const isNeeded = names.length === 0 || names.some((one) => name?.startsWith(one));
    if (name !== undefined && !isNeeded) continue;
    await step(title, async () => {
      process.env[variable] = (await find()) ?? "";
    });
  }
  await runTypeScript("tests/matrix/main.ts", args);
});
