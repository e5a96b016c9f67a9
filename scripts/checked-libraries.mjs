// npm run checked-libraries: checks sites that are built with other libraries, and writes docs/checked-libraries.md. It needs Python,
// and Go with go-oidc from Debian. `--pages` writes the pages again from what is recorded.
import { build } from "./lib/build.mjs";
import { go, python } from "./lib/machine.mjs";
import { command, Failure, run } from "./lib/process.mjs";
import { setup } from "./lib/setup.mjs";

await command(async (args) => {
  await setup();
  await build();
  const env = { HONNIN_PYTHON: await python(), HONNIN_GO: await go() };
  if (!env.HONNIN_PYTHON)
    throw new Failure("Python was not found (Debian, Ubuntu: sudo apt-get install python3-venv).");
  if (!env.HONNIN_GO)
    throw new Failure(
      "Go with go-oidc was not found (Debian: sudo apt-get install golang-go golang-github-coreos-go-oidc-dev).",
    );
  await run(process.execPath, ["--import", "tsx", "demo/checker/test/record.ts", ...args], {
    env,
    show: true,
  });
});
