import { readFileSync } from "node:fs";
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Client } from "@honnin/emulator";
import { UsageError } from "./usage-error.js";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads the arguments of a subcommand. @throws UsageError */
export function readArguments<const Some extends Options>(
  command: string,
  args: readonly string[],
  options: Some,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const [, option] = /'(-[^' ]*)/.exec(error instanceof Error ? error.message : "") ?? [];
    const known = option !== undefined && Object.hasOwn(options, option.replace(/^-+/, ""));
    throw new UsageError(
      known
        ? `${option} needs a value; ${command} --help shows which.`
        : `${command} has no option ${option ?? "like this"}; ${command} --help lists them.`,
    );
  }
}

/** @throws UsageError */
export function readUrl(name: string, text: string, base?: URL): URL {
  let url: URL | undefined;
  try {
    url = new URL(text, base);
  } catch {}
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new UsageError(`${name} must be a URL with http or https, such as http://localhost:3000/login.`);
  return url;
}

/** @throws UsageError */
export function readWhole(name: string, text: string, [least, most]: readonly [number, number]): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < least || number > most)
    throw new UsageError(`${name} must be a whole number from ${least} to ${most}.`);
  return number;
}

/** @throws UsageError */
export function readJsonFile(name: string, file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`${name} cannot be read from ${file}; check the path.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON; ${name} expects a file that npx honnin keygen makes.`);
  }
}

/** @throws UsageError */
export function readJwks(name: string, file: string): Client["jwks"] {
  const value = readJsonFile(name, file);
  if (typeof value !== "object" || value === null || !("keys" in value) || !Array.isArray(value.keys))
    throw new UsageError(`${file} is no JWK Set; ${name} expects {"keys": […]} with the public keys.`);
  return value as Client["jwks"];
}
