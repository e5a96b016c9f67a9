import type { EvidenceRequest, RevocationEvidence } from "honnin";

/** Milliseconds for question and answer. */
const timeLimit = 5_000;
/** Bytes; a response with its responder's certificate has about 3,000. */
const largest = 65_536;

/**
 * Asks an OCSP responder (RFC 6960, appendix A) about a certificate. What it answers is verified by whoever asked.
 *
 * @throws Error if there is no answer
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
    throw new Error("the responder gave no OCSP response");
  }
  return { ocspResponses: [await readBounded(response.body)] };
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > largest) throw new Error("the responder's answer is too long");
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
