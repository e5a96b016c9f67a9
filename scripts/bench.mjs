// npm run bench: comparisons with peers, side by side in one run.
import { join } from "node:path";
import { build } from "./lib/build.mjs";
import { command, root, run, step } from "./lib/process.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";
import { setup } from "./lib/setup.mjs";

await command(async () => {
  await setup();
  await build();
  const manifest = join(root, "tests", "bench", "crl", "native", "Cargo.toml");
  await step("native peers", () =>
    run("cargo", ["build", "--locked", "--release", "--manifest-path", manifest], {
      env: { CARGO_TARGET_DIR: join(root, "target", "bench") },
    }),
  );
  await runTypeScript("tests/bench/crl/main.ts", []);
});
