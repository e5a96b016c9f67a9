import type { Language } from "../http/language.js";
import type { ErrorKind } from "./classify.js";
import type { CommonText, HandoffTexts, LoginTexts, PageText, SigningTexts } from "./page-text.js";

/** Imports the texts for signatures in one language. */
export type LoadSigningTexts = Readonly<Record<Language, () => Promise<{ readonly signing: SigningTexts }>>>;

// Imported when a page needs them: most requests need no page, and a page needs one language.
const loginTexts = { ja: () => import("./texts/ja.js"), en: () => import("./texts/en.js") };
const handoffTexts = { ja: () => import("./texts/handoff-ja.js"), en: () => import("./texts/handoff-en.js") };

/**
 * The text of one kind of page, and the texts that all pages share.
 *
 * @param signingTexts missing if the handler offers no signatures
 */
export async function loadTexts(
  kind: ErrorKind,
  language: Language,
  { signing, handoff }: { readonly signing: boolean; readonly handoff: boolean },
  signingTexts: LoadSigningTexts | undefined,
): Promise<{ readonly text: PageText; readonly common: CommonText }> {
  const { common, login } = await loginTexts[language]();
  if (handoff || kind.startsWith("handoff-")) {
    const texts = (await handoffTexts[language]()).handoff;
    if (hasKind(texts, kind)) return { text: texts[kind], common };
  }
  // A hook of a login can throw an error of a signature.
  if (signingTexts !== undefined && (signing || !hasKind(login, kind))) {
    const texts = (await signingTexts[language]()).signing;
    if (hasKind(texts, kind)) return { text: texts[kind], common };
  }
  return { text: hasKind(login, kind) ? login[kind] : login.site, common };
}

function hasKind<Texts extends LoginTexts | SigningTexts | HandoffTexts>(
  texts: Texts,
  kind: ErrorKind,
): kind is ErrorKind & keyof Texts {
  return Object.hasOwn(texts, kind);
}
