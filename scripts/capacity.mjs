// npm run capacity: what a login, a handoff and a signature cost. docs/capacity.md says how.
import { build } from "./lib/build.mjs";
import { redis } from "./lib/machine.mjs";
import { command, step } from "./lib/process.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";
import { setup } from "./lib/setup.mjs";

await command(async (args) => {
  await setup();
  await build();
  await step("Redis", async () => {
    // Without one, the report says so.
    process.env.HONNIN_REDIS = (await redis()) ?? "";
  });
  await runTypeScript("tests/capacity/main.ts", args);
});
