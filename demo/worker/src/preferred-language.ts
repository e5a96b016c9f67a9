/** What {@link wantsEnglish} reads, for `Vary`. */
export const languageHeaders = "accept-language, sec-fetch-site";

/**
 * Whether a browser that asks for a page in Japanese prefers English (`Accept-Language`, RFC 9110 §12.5.4). A link of this site is the user's
 * own choice and counts more.
 */
export function wantsEnglish({ headers }: Request): boolean {
  if (headers.get("sec-fetch-site") === "same-origin") return false;
  const weights = { ja: 0, en: 0 };
  for (const range of (headers.get("accept-language") ?? "").slice(0, 1_000).split(",")) {
    const [, language, weight = "1"] =
      /^ *(ja|en)(?:-[a-z0-9-]*)? *(?:; *q=([01](?:\.[0-9]{0,3})?))? *$/i.exec(range) ?? [];
    if (language === undefined) continue;
    const name = language.startsWith("j") || language.startsWith("J") ? "ja" : "en";
    weights[name] = Math.max(weights[name], Number(weight));
  }
  return weights.en > weights.ja;
}
