import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Given } from "./read-flags.js";
import { UsageError } from "./usage-error.js";

/** The text of a file that an option names, and its absolute path. @throws UsageError */
export function readNamed({ source, text }: Given): { readonly path: string; readonly content: string } {
  const path = resolve(text);
  try {
    return { path, content: textIn(readFileSync(path)) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "error";
    throw code === "ENOENT"
      ? new UsageError(
          `${source} のファイル ${path} がありません。カレントディレクトリーからの相対パスか、絶対パスで指定してください。`,
          `The file of ${source} does not exist: ${path}. Give a path from the current folder, or an absolute one.`,
        )
      : new UsageError(
          `${source} のファイル ${path} を読めません（${code}）。`,
          `The file of ${source} cannot be read (${code}): ${path}`,
        );
  }
}

/** UTF-8, or UTF-16 with its mark, which `>` of Windows PowerShell writes. */
function textIn(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8";
  return bytes.toString(encoding).replace(/^\uFEFF/, "");
}

/** The JSON in a file that an option names. @throws UsageError */
export function readJsonFile(given: Given): { readonly path: string; readonly value: unknown } {
  const { path, content } = readNamed(given);
  try {
    return { path, value: JSON.parse(content) };
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    throw new UsageError(
      `${given.source} のファイル ${path} は JSON として読めません（${why}）。`,
      `The file of ${given.source} is not JSON (${why}): ${path}`,
    );
  }
}
