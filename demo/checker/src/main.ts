import { run as check } from "./check-command.js";
import { run as probe } from "./probe-command.js";

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { check, probe };

const [name = "", ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  process.stderr.write(`Name a command: ${Object.keys(commands).join(" or ")}.\n`);
  process.exitCode = 2;
} else process.exitCode = await command(args);
