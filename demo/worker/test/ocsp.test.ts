// Asking a responder, against one that answers as told.
import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { EvidenceRequest } from "honnin";
import { askOcsp } from "../src/ocsp.ts";

interface Asked {
  readonly method: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

let answer: (response: ServerResponse) => void = (response) => response.end();
let asked: Asked | undefined;
const serve = async (request: IncomingMessage, response: ServerResponse) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  asked = {
    method: request.method,
    type: request.headers["content-type"],
    body: Buffer.concat(chunks).toString("hex"),
  };
  answer(response);
};
const server = createServer((request, response) => {
  serve(request, response).catch(() => response.destroy());
});
let url = "";
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ocsp`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

const question = { ocspRequest: Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05) } as unknown as EvidenceRequest;
const answerWith = (status: number, type: string, body: Uint8Array) => {
  answer = (response) => response.writeHead(status, { "content-type": type }).end(body);
};

test("the request goes out as it is, and the response comes back as it is", async () => {
  answerWith(200, "Application/OCSP-Response; x=y", Uint8Array.of(1, 2, 3));
  const evidence = await askOcsp(url, question);
  assert.deepEqual(evidence, { ocspResponses: [Uint8Array.of(1, 2, 3)] });
  assert.deepEqual(asked, { method: "POST", type: "application/ocsp-request", body: "3003020105" });
});

test("without a request there is nothing to ask", async () => {
  asked = undefined;
  assert.equal(await askOcsp(url, {} as EvidenceRequest), null);
  assert.equal(asked, undefined);
});

test("what is no OCSP response is no evidence", async () => {
  const type = "application/ocsp-response";
  for (const [status, kind] of [
    [500, type],
    [404, type],
    [200, "text/html"],
    [200, `text/plain; a=${type}`],
  ] as const) {
    answerWith(status, kind, Uint8Array.of(1));
    await assert.rejects(askOcsp(url, question), /no OCSP response/, `${status} ${kind}`);
  }
  answer = (response) => response.writeHead(302, { location: url, "content-type": type }).end();
  await assert.rejects(askOcsp(url, question), /no OCSP response/, "a redirect is not followed");
});

test("an answer that never ends is not read to its end", async () => {
  answerWith(200, "application/ocsp-response", new Uint8Array(65_536));
  assert.deepEqual(await askOcsp(url, question), { ocspResponses: [new Uint8Array(65_536)] });
  answer = (response) => {
    response.writeHead(200, { "content-type": "application/ocsp-response" });
    const more = () => {
      while (!response.destroyed && response.write(new Uint8Array(16_384)));
    };
    response.on("drain", more);
    more();
  };
  await assert.rejects(askOcsp(url, question), /too long/);
});
