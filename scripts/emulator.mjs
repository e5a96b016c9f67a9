// npm run emulator: the emulator alone, for your own relying party. `npm run emulator -- --help` lists its options.
import { command } from "./lib/process.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";
import { setup } from "./lib/setup.mjs";

await command(async (args) => {
  await setup();
  await runTypeScript("demo/emulator/src/main.ts", args);
});
