import type { Language } from "../data.ts";
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import type { Texts } from "./texts.ts";

export type { Texts };

export const texts: Readonly<Record<Language, Texts>> = { ja, en };
