// npm run build: builds the package and prints what its parts weigh.
import { build } from "./lib/build.mjs";
import { command } from "./lib/process.mjs";
import { setup } from "./lib/setup.mjs";

await command(async () => {
  await setup();
  await build();
  // Only now: esbuild is there once the packages are.
  const { printSizes } = await import("./lib/sizes.mjs");
  await printSizes();
});
