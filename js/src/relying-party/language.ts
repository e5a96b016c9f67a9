/** The languages of the handler's own pages. */
export type Language = "ja" | "en";

/** `undefined` for anything but a language there is. */
export function readLanguage(value: unknown): Language | undefined {
  return value === "ja" || value === "en" ? value : undefined;
}

/** Headers are short; what is longer than this is not looked at. */
const MAX_HEADER_CHARACTERS = 1_000;

/** The language asked for by `?lang=`, else the one that `Accept-Language` ranks higher (RFC 9110 §12.5.4), else Japanese. */
export function languageOf(request: Request): Language {
  const asked = readLanguage(new URL(request.url).searchParams.get("lang"));
  if (asked !== undefined) return asked;
  const weights: Record<Language, number> = { ja: 0, en: 0 };
  for (const range of (request.headers.get("accept-language") ?? "")
    .slice(0, MAX_HEADER_CHARACTERS)
    .split(",")) {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const language = readLanguage(tag.split("-")[0]);
    if (language === undefined) continue;
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    const weight = quality === undefined ? 1 : Number(quality);
    if (weight > weights[language] && weight <= 1) weights[language] = weight;
  }
  return weights.en > weights.ja ? "en" : "ja";
}
