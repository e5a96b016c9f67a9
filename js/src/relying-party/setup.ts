// The parts of a handler after its options are read. Each part declares what it needs in its own file. Only the code that combines
// the parts uses these types.
import type { OnEvent } from "./events.js";
import type { LoadHandoff } from "./handoff/load-wing.js";
import type { OnError, OnLogin, OnLogout } from "./hooks.js";
import type { CodeOptions } from "./login/hand-in.js";
import type { LoginRoute } from "./login/login.js";
import type { Redeeming } from "./login/redeem.js";
import type { Sessions } from "./login/session.js";
import type { LoadSigningTexts } from "./page/load-texts.js";
import type { LoadWing } from "./signing/load-wing.js";

/** The parts that logins and signatures share. */
export interface Shared extends LoginRoute, Redeeming {
  // Both declare it, and the route needs more members.
  readonly authorization: LoginRoute["authorization"];
  readonly sessions: Sessions;
}

/** All parts. */
export interface Setup extends Shared {
  readonly codes: CodeOptions;
  readonly requiredScopes: readonly string[];
  readonly onLogin: OnLogin;
  readonly onLogout: OnLogout | undefined;
  readonly onError: OnError | undefined;
  readonly onEvent: OnEvent | undefined;
  /** The codes that were written to the console; `undefined` if none is to be written. */
  readonly logged: Set<string> | undefined;
  /** The code for signatures. */
  readonly signing: LoadWing | undefined;
  /** The code for handoffs. */
  readonly handoff: LoadHandoff | undefined;
  readonly signingTexts: LoadSigningTexts | undefined;
}
