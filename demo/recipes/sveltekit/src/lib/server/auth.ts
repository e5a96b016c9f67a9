// The relying party, shared by the recipes next to this file. `npx honnin keygen --env .env` creates CLIENT_KEY and COOKIE_SECRET.
import { emulatorAt, environments } from "honnin/launch";
import { relyingParty } from "honnin/relying-party";

const { ORIGIN = "http://localhost:3000", EMULATOR } = process.env;

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. If it is in .env, start with: node --env-file=.env`);
  return value;
}

/** As browsers see it. */
export const origin = ORIGIN;

export const rp = relyingParty({
  // In development, EMULATOR is the origin of honnin's emulator, such as http://127.0.0.1:8080.
  environment: EMULATOR === undefined ? environments.sandbox : emulatorAt(EMULATOR),
  allowEmulator: EMULATOR !== undefined,
  clientId: setting("CLIENT_ID"),
  clientKey: JSON.parse(setting("CLIENT_KEY")),
  redirectUri: `${origin}/auth/callback`,
  cookieSecret: setting("COOKIE_SECRET"),
  onLogin: ({ sub }) => ({ sessionData: { sub } }),
  onError: ({ code, message }) => console.error(code, message),
});
