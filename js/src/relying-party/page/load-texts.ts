import type { Language } from "../http/language.js";
import type { ErrorKind } from "./classify.js";
import type { CommonText, LoginTexts, PageText, SigningTexts } from "./page-text.js";

// Imported when a page needs them: most requests need no page, and a page needs one language.
const loginTexts = { ja: () => import("./texts/ja.js"), en: () => import("./texts/en.js") };
const signingTexts = { ja: () => import("./texts/signing-ja.js"), en: () => import("./texts/signing-en.js") };

/** The text of one kind of page, and the texts that all pages share. */
export async function loadTexts(
  kind: ErrorKind,
  language: Language,
  signing: boolean,
): Promise<{ readonly text: PageText; readonly common: CommonText }> {
  const { common, login } = await loginTexts[language]();
  // Most kinds of a signature need its texts, and hooks of a login can throw errors of a signature.
  const ofSigning = signing || !hasKind(login, kind) ? (await signingTexts[language]()).signing : undefined;
  if (ofSigning !== undefined && hasKind(ofSigning, kind)) return { text: ofSigning[kind], common };
  return { text: login[kind as keyof LoginTexts], common };
}

function hasKind<Texts extends LoginTexts | SigningTexts>(
  texts: Texts,
  kind: ErrorKind,
): kind is ErrorKind & keyof Texts {
  return Object.hasOwn(texts, kind);
}
