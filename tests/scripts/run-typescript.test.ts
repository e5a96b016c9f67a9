// `npm start` and `npm run emulator`, ended by a program: npm ends its shell only, and what runs in it has to notice.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../support/paths.ts";

test("a program of the demo ends with the shell that started it", {
  skip: process.platform === "win32",
}, async () => {
  const url = pathToFileURL(join(root, "scripts", "lib", "run-typescript.mjs"));
  const script = `(await import("${url}")).runTypeScript("demo/checker/src/main.ts", ["--lang", "en"])`;
  const shell = spawn("sh", ["-c", '"$0" --input-type=module --eval "$1" & wait', process.execPath, script]);
  // The emulator has the other end of this pipe.
  const closed = once(shell.stdout, "close");
  let output = "";
  await new Promise<void>((resolve) =>
    shell.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Ctrl-C")) resolve();
    }),
  );
  shell.kill("SIGTERM");
  await once(shell, "exit");
  await closed;
});
