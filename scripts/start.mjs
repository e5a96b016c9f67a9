// npm start: everything from nothing to a page with a login, and away again on Ctrl-C.
import { build } from "./lib/build.mjs";
import { command } from "./lib/process.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";
import { setup } from "./lib/setup.mjs";

await command(async (args) => {
  await setup();
  await build();
  await runTypeScript("demo/start.ts", args);
});
