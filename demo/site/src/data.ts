import type { Report } from "honnin";
import type { BasicItems, Birthdate, Gender } from "honnin/relying-party";

export type { BasicItems, Birthdate, Gender, Report };

export type Language = "ja" | "en";

/** The four basic items (基本4情報), in the order shown; they are the names of their scopes. */
export const basicItemNames = ["name", "address", "birthdate", "gender"] as const;
export type BasicItemName = (typeof basicItemNames)[number];

/** What stands at the other end: it decides what a page says about cards and about people. */
export type ServiceKind = "emulator" | "sandbox" | "production";

/** What every page needs to know. */
export interface PageContext {
  readonly lang: Language;
  readonly service: ServiceKind;
  readonly assets: AssetPaths;
}

/** The addresses of the assets, with their content's hash in the name. */
export interface AssetPaths {
  readonly styles: string;
  readonly script: string;
  readonly icon: string;
}

/** One login as it is kept for the result page. Holds no token. */
export interface LoginResult {
  readonly sub: string;
  readonly issuer: string;
  /** The scopes of the authorization request. */
  readonly requestedScopes: readonly string[];
  readonly grantedScopes: readonly string[];
  readonly user?: BasicItems;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly report: Report;
}
