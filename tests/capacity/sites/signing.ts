// The measured site with signatures: the whole handler, which decrypts and verifies each result and asks the responder about its card.
import { emulatorAt } from "honnin/launch";
import { memoryStore, type PrivateJwk, relyingParty } from "honnin/relying-party";
import { countedStore } from "../counted-store.ts";
import { serveMeasured } from "./serve.ts";
import { cookieSecret, type SiteSettings } from "./settings.ts";

export interface SigningSettings extends SiteSettings {
  readonly decryptionKey: PrivateJwk;
  readonly anchors: string;
  readonly organization: string;
}

const [given = ""] = process.argv.slice(2);
const settings = JSON.parse(given) as SigningSettings;
const { origin, serviceOrigin, clientId, clientKey, decryptionKey, anchors, organization } = settings;
const { store, counts } = countedStore(memoryStore({ maxEntries: 1_000_000 }));

const party = relyingParty({
  environment: emulatorAt(serviceOrigin),
  allowEmulator: true,
  clientId,
  clientKey,
  redirectUri: `${origin}/auth/callback`,
  cookieSecret,
  store,
  onLogin: () => undefined,
  signing: {
    mayStart: "anyone",
    limits: { anonymous: 1_000_000 },
    method: { form: "digest-info" },
    open: {
      keys: decryptionKey,
      verify: {
        anchors,
        organization,
        profile: "jpki-sign",
        cards: "test",
        revocation: {
          require: "certificate",
          async fetchEvidence({ ocspRequest }) {
            if (ocspRequest === undefined) return null;
            const headers = { "content-type": "application/ocsp-request" };
            const response = await fetch(`${serviceOrigin}/emulator/jpki/ocsp`, {
              method: "POST",
              headers,
              body: ocspRequest,
            });
            return { ocspResponses: [new Uint8Array(await response.arrayBuffer())] };
          },
        },
      },
    },
    onSigned: () => ({ returnTo: "/signed" }),
  },
});

await serveMeasured(
  (request) => party.fetch(request),
  origin,
  () => counts,
);
