// npm run emulator: the emulator alone, for your own relying party, and its checker, from their sources; elsewhere they are
// `npx honnin-emulator`.
// `npm run emulator -- --help` lists its options.
import { command } from "./lib/process.mjs";
import { runTypeScript } from "./lib/run-typescript.mjs";
import { setupPackages } from "./lib/setup.mjs";

await command(async (args) => {
  await setupPackages();
  await runTypeScript("demo/checker/src/main.ts", args);
});
