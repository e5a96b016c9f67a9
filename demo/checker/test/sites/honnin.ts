// honnin's own relying party: the demo's worker in workerd, with logins and signatures.
import { createHash } from "node:crypto";
import { serveWorker } from "@honnin/worker";
import type { Site, SiteSettings } from "./site.js";

export async function honninSite({
  issuer,
  clientId,
  key,
  decryptionKey,
  jpkiAnchors,
}: SiteSettings): Promise<Site> {
  const { origin: emulatorOrigin } = new URL(issuer);
  const { origin, close } = await serveWorker({
    emulatorOrigin,
    clientId,
    clientKey: key,
    decryptionKey,
    jpkiAnchors,
    ocspUrl: `${emulatorOrigin}/emulator/jpki/ocsp`,
    quiet: true,
  });
  const document = "A document.";
  return {
    origin,
    redirectUri: `${origin}/auth/callback`,
    login: `${origin}/auth/login?return_to=/en/result&scope=openid&scope=name`,
    sign: {
      url: `${origin}/auth/sign`,
      body: new URLSearchParams({
        digest: createHash("sha256").update(document).digest("hex"),
        name: "document.txt",
        type: "text/plain",
        size: String(document.length),
        method: "digest-info",
        lang: "en",
        return_to: "/en/sign/result",
      }).toString(),
    },
    close,
  };
}
