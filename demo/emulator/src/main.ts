#!/usr/bin/env node
// honnin-emulator [COMMAND] [OPTIONS]
import { surviveClosedPipes } from "./cli/closed-pipe.js";
import { dispatch } from "./cli/dispatch.js";

surviveClosedPipes(process.stdout, process.stderr);

const code = await dispatch(process.argv.slice(2), process.env, {
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});
// Not process.exit: output to a pipe must be flushed.
if (code !== undefined) process.exitCode = code;
