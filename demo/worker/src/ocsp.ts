import type { EvidenceRequest, RevocationEvidence } from "honnin";

/** The time limit in milliseconds. */
const timeLimit = 5_000;
/** In bytes. A response with the responder's certificate has about 3,000. */
const largest = 65_536;

/**
 * Sends an OCSP request for a certificate (RFC 6960, appendix A). The caller verifies the response.
 *
 * @throws Error if there is no response
 */
export async function askOcsp(
  url: string,
  { ocspRequest }: EvidenceRequest,
): Promise<RevocationEvidence | null> {
  if (ocspRequest === undefined) return null;
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/ocsp-request", accept: "application/ocsp-response" },
    body: ocspRequest,
    redirect: "manual",
    signal: AbortSignal.timeout(timeLimit),
  });
  const type = response.headers.get("content-type") ?? "";
  if (response.status !== 200 || !/^application\/ocsp-response[ \t]*(;|$)/i.test(type) || !response.body) {
    await response.body?.cancel();
    throw new Error("the responder returned no OCSP response");
  }
  return { ocspResponses: [await readBounded(response.body)] };
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > largest) throw new Error("the response of the responder is too long");
    chunks.push(chunk);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}
