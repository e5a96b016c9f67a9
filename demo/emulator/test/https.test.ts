// https with a certificate that is made at the start, and with one's own.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { request as httpsRequest } from "node:https";
import { test } from "node:test";
import { makeServerCertificate } from "@honnin/synthetic-jpki";
import { emulator } from "./support.js";

interface Sent {
  readonly ca?: string;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly body?: string;
}

/** The status and the body, with the checks of TLS that Node makes. */
function ask(url: string, { ca, headers = {}, method = "GET", body }: Sent = {}) {
  return new Promise<{ status: number; text: string; cookies: string[] }>((resolve, reject) => {
    const options = { method, headers, agent: false, ...(ca === undefined ? {} : { ca }) } as const;
    httpsRequest(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      const cookies = response.headers["set-cookie"] ?? [];
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text, cookies }));
    })
      .on("error", reject)
      .end(body);
  });
}

test("a made certificate is trusted for the emulator's addresses by who is given it, and by nobody else", async () => {
  const op = await emulator({ https: true, host: "127.0.0.2" });
  const ca = op.certificate ?? "";
  assert.equal(op.origin, `https://127.0.0.2:${op.port}`);
  const { status, text } = await ask(`${op.issuer}/.well-known/openid-configuration`, { ca });
  assert.equal(status, 200);
  const { issuer, jwks_uri } = JSON.parse(text) as Record<string, string>;
  assert.deepEqual([issuer, jwks_uri], [op.issuer, op.jwksUri]);
  await assert.rejects(ask(op.jwksUri), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  const other = (await emulator({ https: true })).certificate ?? "";
  await assert.rejects(ask(op.jwksUri, { ca: other }), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });

  const certificate = new X509Certificate(ca);
  assert.equal(certificate.ca, false);
  assert.ok(certificate.verify(certificate.publicKey));
  assert.match(
    certificate.subjectAltName ?? "",
    /DNS:localhost, IP Address:127\.0\.0\.1, IP Address:127\.0\.0\.2/,
  );
  const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000;
  assert.ok(days > 29 && days < 31);
  assert.equal(certificate.checkHost("emulator.example"), undefined);
});

test("settings on loopback need no secret with https either, and another scheme is another site", async () => {
  const op = await emulator({ https: true });
  const ca = op.certificate ?? "";
  assert.equal(op.controlToken, undefined);
  const send = (origin: string) =>
    ask(`${op.origin}/emulator/mode`, {
      ca,
      method: "PUT",
      headers: { "content-type": "application/json", origin },
      body: '{"mode":"test-card"}',
    });
  assert.equal((await send(op.origin)).status, 200);
  assert.equal((await send(`https://localhost:${op.port}`)).status, 403);
  assert.equal((await send(op.origin.replace("https:", "http:"))).status, 403);
});

test("one's own certificate is used, and one without its key is refused", async () => {
  const [own, other] = [0, 1].map(() => makeServerCertificate(["127.0.0.1"], new Date()));
  assert.ok(own && other);
  const op = await emulator({ https: own });
  assert.equal(op.certificate, own.certificate);
  assert.equal((await ask(op.jwksUri, { ca: own.certificate })).status, 200);
  for (const https of [
    { certificate: own.certificate, key: other.key },
    { certificate: own.key, key: own.certificate },
    { certificate: "", key: "" },
  ]) {
    await assert.rejects(emulator({ https }), { code: "certificate-invalid" });
  }
});
