#!/usr/bin/env node
// honnin-emulator [COMMAND] [OPTIONS]
import { dispatch, surviveClosedPipes } from "@honnin/emulator/cli";
import { commands } from "./commands.js";

surviveClosedPipes(process.stdout, process.stderr);

const code = await dispatch(
  process.argv.slice(2),
  process.env,
  {
    print: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
  },
  commands,
);
// Not process.exit: output to a pipe must be flushed.
if (code !== undefined) process.exitCode = code;
