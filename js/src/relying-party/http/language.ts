import { asciiLowerCase, listOf, trimOws } from "../../protocol-text.js";

/** The languages of the handler's own pages. */
export type Language = "ja" | "en";

/** `undefined` if the value is not a supported language. */
export function readLanguage(value: unknown): Language | undefined {
  return value === "ja" || value === "en" ? value : undefined;
}

/** A longer header is ignored. */
const MAX_HEADER_CHARACTERS = 1_000;

/** The language of `?lang=`; otherwise the one that `Accept-Language` prefers (RFC 9110 §12.5.4); otherwise Japanese. */
export function languageOf(request: Request): Language {
  const asked = readLanguage(new URL(request.url).searchParams.get("lang"));
  if (asked !== undefined) return asked;
  const weights: Record<Language, number> = { ja: 0, en: 0 };
  for (const range of listOf(
    (request.headers.get("accept-language") ?? "").slice(0, MAX_HEADER_CHARACTERS),
  )) {
    const [tag = "", ...parameters] = range.split(";").map((part) => asciiLowerCase(trimOws(part)));
    const language = readLanguage(tag.split("-")[0]);
    if (language === undefined) continue;
    weights[language] = Math.max(weights[language], weightOf(parameters));
  }
  return weights.en > weights.ja ? "en" : "ja";
}

/** `qvalue` (RFC 9110 §12.4.2): 1 if missing, 0 if malformed. */
function weightOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  if (quality === undefined) return 1;
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(quality) ? Number(quality) : 0;
}
