// npm start: installs and builds everything, and starts the demo. Ctrl-C stops it.
import { build } from "./lib/build.mjs";
import { command } from "./lib/process.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";
import { setup } from "./lib/setup.mjs";

await command(async (args) => {
  await setup();
  await build();
  await runTypeScript("demo/start.ts", args);
});
