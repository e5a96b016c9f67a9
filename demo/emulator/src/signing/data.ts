import { digestInfo } from "@honnin/synthetic-jpki";

/** The data to sign: a bare hash, or a DigestInfo (RFC 8017 §9.2). */
export interface DataToSign {
  /** As sent. */
  readonly bytes: Uint8Array;
  readonly algorithm: "sha256" | "sha384";
  readonly hash: Uint8Array;
}

const algorithms = { 32: "sha256", 48: "sha384" } as const;

/** Reads the `data` of a request: canonical base64 (RFC 4648 §4) of a hash or of its DigestInfo in DER. */
export function readDataToSign(text: unknown): DataToSign | undefined {
  // The longest value has 67 octets. A much longer one is not decoded.
  if (typeof text !== "string" || text.length > 128) return undefined;
  const bytes = new Uint8Array(Buffer.from(text, "base64"));
  if (Buffer.from(bytes).toString("base64") !== text) return undefined;
  for (const [length, algorithm] of Object.entries(algorithms)) {
    const hash = bytes.subarray(-Number(length));
    const bare = bytes.length === Number(length);
    if (bare || Buffer.compare(bytes, digestInfo(algorithm, hash)) === 0) return { bytes, algorithm, hash };
  }
  return undefined;
}
