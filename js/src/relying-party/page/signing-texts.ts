import type { LoadSigningTexts } from "./load-texts.js";

/** Apart from `load-texts.ts`, so that a bundle without signatures does not contain their texts. */
export const signingTexts: LoadSigningTexts = {
  ja: () => import("./texts/signing-ja.js"),
  en: () => import("./texts/signing-en.js"),
};
