// npm run emulator: the emulator alone, for your own relying party, from its sources; elsewhere it is `npx honnin-emulator`.
// `npm run emulator -- --help` lists its options.
import { command } from "./lib/process.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";
import { setupPackages } from "./lib/setup.mjs";

await command(async (args) => {
  await setupPackages();
  await runTypeScript("demo/emulator/src/main.ts", args);
});
