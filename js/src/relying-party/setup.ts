// What a handler consists of, once its options are read. Each part names what it needs beside itself; only what puts them together
// sees all of it.
import type { OnError, OnLogin, OnLogout } from "./hooks.js";
import type { CodeOptions } from "./login/hand-in.js";
import type { LoginRoute } from "./login/login.js";
import type { Redeeming } from "./login/redeem.js";
import type { Sessions } from "./login/session.js";
import type { SigningCallback } from "./signing/callback.js";
import type { SignRoute } from "./signing/sign.js";

/** What logins and signatures share. */
export interface Shared extends LoginRoute, Redeeming {
  // Both name it, and the route needs more of it.
  readonly authorization: LoginRoute["authorization"];
  readonly sessions: Sessions;
}

/** Everything. */
export interface Setup extends Shared {
  readonly codes: CodeOptions;
  readonly requiredScopes: readonly string[];
  readonly onLogin: OnLogin;
  readonly onLogout: OnLogout | undefined;
  readonly onError: OnError | undefined;
  readonly signing: SigningSetup | undefined;
}

/** Everything about signatures. */
export interface SigningSetup extends SignRoute, SigningCallback {}
