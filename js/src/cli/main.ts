#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { keygen } from "./keygen.js";
import { Failure, UsageError } from "./outcome.js";
import { usage } from "./usage.js";

async function main(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === "--version") {
    const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    process.stdout.write(`${(JSON.parse(manifest) as { version: string }).version}\n`);
    return 0;
  }
  if (command === "--help" || command === "-h" || command === "help") {
    process.stdout.write(usage);
    return 0;
  }
  try {
    if (command !== "keygen") {
      throw new UsageError(command === undefined ? "no command" : `unknown command: ${command}`);
    }
    await keygen(rest);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`honnin: ${error.message}\n\n${usage}`);
      return 2;
    }
    if (error instanceof Failure) {
      process.stderr.write(`honnin: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

// Not process.exit: output to a pipe must be flushed.
process.exitCode = await main(process.argv.slice(2));
