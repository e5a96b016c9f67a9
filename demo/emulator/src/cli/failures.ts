import { EmulatorError } from "../errors.js";
import { ownAddresses } from "../origin.js";
import { textOf } from "../pages/problems.js";
import type { Language } from "../types.js";
import { UsageError } from "./usage-error.js";

/** What went wrong when listening, with the remedy; `undefined` for other errors. */
function listening(
  error: NodeJS.ErrnoException & { port?: number; address?: string },
): UsageError | undefined {
  const { code, port = 0, address = "" } = error;
  switch (code) {
    case "EADDRINUSE":
      return new UsageError(
        `ポート ${port} は、ほかのプログラムが使っています（${code}）。それを終了するか、ほかのポート（--port ${port + 1}）を指定してください。--port 0 なら空いているポートを選びます。`,
        `Port ${port} is in use by another program (${code}). End that program, or choose another port (--port ${port + 1}); --port 0 takes a free one.`,
      );
    case "EACCES":
      return new UsageError(
        `ポート ${port} を使う権限がありません（${code}）。1024 以上のポート（--port 8080）を指定してください。`,
        `You may not use port ${port} (${code}). Choose a port from 1024 on, such as --port 8080.`,
      );
    case "EADDRNOTAVAIL":
      return new UsageError(
        `${address} は、このコンピューターのアドレスではありません（${code}）。--host には次のどれかを指定してください: ${ownAddresses().join("、")}`,
        `${address} is not an address of this machine (${code}). Give --host one of these: ${ownAddresses().join(", ")}`,
      );
    default:
      return undefined;
  }
}

/** The text for an error, and the exit code: 2 for the command line, 1 for everything else. */
export function explain(
  error: unknown,
  language: Language,
): { readonly text: string; readonly exitCode: number } {
  if (error instanceof UsageError) return { text: error.texts[language], exitCode: 2 };
  if (error instanceof EmulatorError) return { text: textOf(error, language), exitCode: 2 };
  if (!(error instanceof Error)) return { text: String(error), exitCode: 1 };
  const known = listening(error);
  return { text: known?.texts[language] ?? error.stack ?? error.message, exitCode: 1 };
}
