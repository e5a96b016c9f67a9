// npm run build: builds the package and prints the sizes of its parts.
import { build } from "./lib/build.mjs";
import { command } from "./lib/process.mjs";
import { setup } from "./lib/setup.mjs";

await command(async () => {
  await setup();
  await build();
  // Imported late: esbuild is available only after the packages are installed.
  const { printSizes } = await import("./lib/sizes.mjs");
  await printSizes();
});
