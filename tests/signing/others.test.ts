// What other programs make of it: OpenSSL of a signature, `jose` of the emulator's results.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { startEmulator } from "@honnin/emulator";
import { createAuthorizationRequest, emulatorAt, readAuthorizationResponse } from "honnin/launch";
import {
  exchangeCode,
  fetchSignatureResult,
  openSignatureResult,
  requestClientCredentialsToken,
  startSignature,
} from "honnin/relying-party";
import { compactDecrypt, decodeProtectedHeader, importJWK } from "jose";
import { keyPair } from "../support/key-pair.ts";
import { withOpenssl } from "../support/openssl.ts";
import { beginSigning, respond } from "../support/signing.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { UserAgent } from "../support/user-agent.ts";

const run = promisify(execFile);

let folder: string;
let stack: Stack;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "honnin-others-"));
  stack = await startStack();
});
after(async () => {
  await stack?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The package of a text that was signed. */
async function packageOf(text: string, method: string, response = "normal") {
  const signer = await beginSigning(stack.site.origin, { text, method });
  const answer = await respond(signer, response);
  assert.match(answer.url, /\/sign\/result$/);
  return JSON.parse((await signer.agent.get(`${stack.site.origin}/sign/package`)).text);
}

for (const [method, response, hash] of [
  ["digest-info", "normal", "-sha256"],
  ["p384-digest-info", "sign-next-card", "-sha384"],
] as const) {
  test(
    `OpenSSL confirms the signature of a package (${method}) with its certificate alone`,
    withOpenssl,
    async () => {
      const text = "借用書：一万円を借りました。";
      const { certificate, signature } = await packageOf(text, method, response);
      const file = async (name: string, content: string | Uint8Array) => {
        const path = join(folder, `${method} ${name}`);
        await writeFile(path, content);
        return path;
      };
      const der = await file("certificate.der", Buffer.from(certificate, "base64"));
      const { stdout: publicKey } = await run("openssl", [
        "x509",
        "-inform",
        "DER",
        "-in",
        der,
        "-noout",
        "-pubkey",
      ]);
      /** What OpenSSL says, of a failure too. */
      const verify = async (name: string, document: string, value: Buffer): Promise<string> => {
        const args = [
          ...["dgst", hash, "-verify", await file(`${name}.pem`, publicKey)],
          ...["-signature", await file(`${name}.signature`, value), await file(`${name}.txt`, document)],
        ];
        return (await run("openssl", args).catch((error) => error)).stdout;
      };
      const value = Buffer.from(signature.value, "base64");
      assert.match(await verify("right", text, value), /^Verified OK$/m);
      assert.match(await verify("other document", `${text} `, value), /^Verification failure$/m);
      // The bare form is not this kind of signature, and must not pass for one.
      if (method === "digest-info") {
        const bare = await packageOf(text, "bare");
        const its = Buffer.from(bare.signature.value, "base64");
        assert.match(await verify("bare", text, its), /^Verification failure$/m);
      }
    },
  );
}

for (const alg of ["RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"]) {
  test(`jose opens a result of the emulator (${alg}), and so does openSignatureResult`, async () => {
    const emulator = await startEmulator({ mode: "test-card", quiet: true });
    try {
      const client = await keyPair("ES256", "sig", "client");
      const decryption = await keyPair(alg, "enc", "decryption");
      const redirectUri = "http://localhost:9/callback";
      emulator.addClient({
        clientId: "opener",
        name: "opener",
        redirectUris: [redirectUri],
        jwks: { keys: [client.registered, decryption.registered] },
      });
      const environment = emulatorAt(emulator.origin);
      const common = { environment, clientId: "opener", clientKey: client.own };
      const { accessToken } = await requestClientCredentialsToken(common);
      const digest = createHash("sha256").update("x").digest();
      const transaction = await startSignature({ ...common, accessToken, digest, form: "digest-info" });

      const request = await createAuthorizationRequest({
        environment,
        clientId: "opener",
        redirectUri,
        scope: "openid sign",
        signTransactionId: transaction.id,
      });
      const agent = new UserAgent({}, (url, init) =>
        url.startsWith(redirectUri) ? Promise.resolve(new Response("back")) : fetch(url, init),
      );
      const page = await agent.get(request.url);
      const back = await agent.post(page.url, { response: "normal", person: "ordinary" });
      const { code } = readAuthorizationResponse(back.url, {
        state: request.state,
        issuer: environment.issuer,
      });
      const tokens = await exchangeCode({ ...common, code, codeVerifier: request.codeVerifier, redirectUri });
      const result = await fetchSignatureResult({
        environment,
        transactionId: transaction.id,
        accessToken: tokens.accessToken,
      });

      assert.deepEqual(decodeProtectedHeader(result).alg, alg);
      const { plaintext } = await compactDecrypt(result, await importJWK(decryption.own, alg));
      const content = JSON.parse(new TextDecoder().decode(plaintext));
      const opened = await openSignatureResult({ result, keys: decryption.own });
      assert.equal(Buffer.from(opened.signature).toString("base64"), content.signature);
      assert.equal(Buffer.from(opened.certificate).toString("base64"), content.certificate);
    } finally {
      await emulator.close();
    }
  });
}
