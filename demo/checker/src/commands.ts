import type { Command } from "@honnin/emulator/cli";

/** The commands of `honnin-emulator` that deal with other people's sites and services. A new command is a new row. */
export const commands: readonly Command[] = [
  {
    name: "check",
    summary: {
      ja: "サイトが誤った応答を拒否するかどうかを、ログインの URL で確かめます。",
      en: "Says which wrong responses a site refuses, by the URL of its login.",
    },
    load: async () => {
      const { run } = await import("./check-command.js");
      return ({ args }) => run(args);
    },
  },
  {
    name: "probe",
    summary: {
      ja: "契約した検証環境の、公開文書にない点を、個人情報を含まない報告書に書き出します。",
      en: "Writes what no public document says of the sandbox you have a contract for, without anybody's data.",
    },
    load: async () => {
      const { run } = await import("./probe-command.js");
      return ({ args }) => run(args);
    },
  },
];
