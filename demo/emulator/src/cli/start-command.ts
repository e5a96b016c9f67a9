import type { Command } from "./command.js";

/** Runs if no command is named. */
export const start: Command = {
  name: "start",
  summary: {
    ja: "エミュレーターを起動します。コマンド名は省略できます。",
    en: "Starts the emulator. The name of this command can be left out.",
  },
  load: async () => (await import("./start.js")).run,
};
