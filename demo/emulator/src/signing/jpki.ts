import { type Authority, answerOcspRequest, makeCrl } from "@honnin/synthetic-jpki";
import { contentType, type Handler, HttpError, readBody, sendBytes } from "../http.js";
import { oversized, wholeAnswers } from "../misbehaviours/answers.js";
import type { Realm } from "../realm.js";
import { distributionPoint } from "./cards.js";

const WEEK_MS = 7 * 24 * 3_600_000;

/** Under `/emulator/jpki/`: the public data of the synthetic CAs for verifiers. */
export function jpkiRoutes({ signing, faults }: Realm): [method: string, path: string, handler: Handler][] {
  const { cards } = signing;
  /** The present time in whole seconds, as in certificates. */
  const present = () => new Date(Math.floor(signing.now() / 1000) * 1000);

  const crl = (authority: Authority): Uint8Array => {
    const now = present();
    return makeCrl({
      issuer: authority,
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + WEEK_MS),
      // Later CRLs have higher numbers (RFC 5280 §5.2.3).
      number: Math.floor(now.getTime() / 1000),
      issuingDistributionPoint: { fullName: distributionPoint },
      // RFC 5280 §5.3.1: the reason when the holder of a 署名用電子証明書 moves.
      entries: cards
        .revokedBy(authority)
        .map((serial) => ({ serial, date: cards.jpki.now, reason: "affiliationChanged" })),
    });
  };

  return [
    [
      "GET",
      "/emulator/jpki/anchors.pem",
      ({ response }) =>
        sendBytes(response, "application/pem-certificate-chain", Buffer.from(signing.anchors)),
    ],
    [
      "GET",
      "/emulator/jpki/sign.crl",
      ({ response, url }) => {
        const asked = url.searchParams.get("authority") ?? cards.jpki.sign.current.generation;
        const authority = cards.authorities.find(({ generation }) => generation === asked);
        if (authority === undefined) throw new HttpError(404, "not-found");
        sendBytes(response, "application/pkix-crl", crl(authority));
      },
    ],
    [
      "POST",
      "/emulator/jpki/ocsp",
      async ({ request, response }) => {
        const wrong = faults.ocsp === "oversized" ? oversized : wholeAnswers[faults.ocsp];
        if (wrong !== undefined) return wrong(response, {});
        if (contentType(request) !== "application/ocsp-request") throw new HttpError(415, "bad-request");
        const answer = answerOcspRequest(new Uint8Array(await readBody(request)), {
          authorities: cards.authorities,
          now: present(),
          lookup: (authority, serial) => {
            const kind = cards.kindOf(authority, serial);
            if (kind === undefined) return { status: "unknown" };
            if (kind !== "revoked") return { status: "good" };
            return { status: "revoked", reason: "affiliationChanged", revokedAt: cards.jpki.now };
          },
        });
        sendBytes(response, "application/ocsp-response", answer);
      },
    ],
  ];
}
