// The relying party, shared by the recipes next to this file. Create the secrets with `npx honnin keygen`.
import { emulatorAt, environments } from "honnin/launch";
import { relyingParty } from "honnin/relying-party";

const {
  ORIGIN = "http://localhost:3000",
  EMULATOR,
  CLIENT_ID = "",
  CLIENT_KEY = "",
  COOKIE_SECRET = "",
} = process.env;

/** As browsers see it. */
export const origin = ORIGIN;

export const rp = relyingParty({
  // In development, EMULATOR is the origin of honnin's emulator, such as http://127.0.0.1:8080.
  environment: EMULATOR === undefined ? environments.sandbox : emulatorAt(EMULATOR),
  allowEmulator: EMULATOR !== undefined,
  clientId: CLIENT_ID,
  clientKey: JSON.parse(CLIENT_KEY),
  redirectUri: `${origin}/auth/callback`,
  cookieSecret: COOKIE_SECRET,
  onLogin: ({ sub }) => ({ sessionData: { sub } }),
  onError: ({ code, message }) => console.error(code, message),
});
