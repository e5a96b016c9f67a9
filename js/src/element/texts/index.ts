import type { Language } from "../language.js";
import { en } from "./en.js";
import { ja } from "./ja.js";
import type { Texts } from "./texts.js";

export const texts: Readonly<Record<Language, Texts>> = { ja, en };
export type { Texts } from "./texts.js";
