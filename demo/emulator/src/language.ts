import type { IncomingMessage } from "node:http";
import { asciiLowerCase, trimOws } from "./protocol-text.js";
import type { Language } from "./types.js";

/** Remembers the language switch over forms and redirects. */
export const languageCookie = "emulator_lang";

export function readLanguage(value: unknown): Language | undefined {
  return value === "ja" || value === "en" ? value : undefined;
}

/** `?lang=`, else the cookie, else what `Accept-Language` ranks higher (RFC 9110 §12.5.4), else Japanese. */
export function languageOf(
  request: IncomingMessage,
  asked: string | null,
  cookie: string | undefined,
): Language {
  return readLanguage(asked) ?? readLanguage(cookie) ?? preferred(request.headers["accept-language"] ?? "");
}

function preferred(header: string): Language {
  const weights: Record<Language, number> = { ja: 0, en: 0 };
  for (const range of header.slice(0, 1_000).split(",")) {
    const [tag = "", ...parameters] = range.split(";").map((part) => asciiLowerCase(trimOws(part)));
    const language = readLanguage(tag.split("-")[0]);
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
    const weight = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(quality) ? Number(quality) : 0;
    if (language !== undefined && weight > weights[language]) weights[language] = weight;
  }
  return weights.en > weights.ja ? "en" : "ja";
}
