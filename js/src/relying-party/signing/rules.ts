import type { CookieOwner } from "../http/cookies.js";
import type { QuotaOptions } from "../login/quota.js";
import type { Sealer } from "../storage/sealed.js";
import type { Store } from "../storage/store.js";
import type { SigningCallback } from "./callback.js";
import type { SignRoute } from "./sign.js";

/** The options of signing after they are read, and what its objects need. Types only: the code is loaded later. */
export interface SigningRules
  extends Omit<SignRoute & SigningCallback, "records" | "pending" | "quota">,
    Pick<QuotaOptions, "limits" | "clientOf"> {
  /** The maximum duration of each stage in seconds. */
  readonly lifetime: number;
  readonly owner: CookieOwner;
  readonly store: Store;
  /** Creates a sealer for one purpose. Other purposes cannot decrypt its values. */
  seal(of: string, maxCharacters?: number): Sealer;
  /** The first secret of the cookies. */
  readonly secret: string;
  /** A purpose of this handler, for deriving keys. */
  purpose(of: string): string;
}
