import { type DocumentSource, digestDocument } from "honnin";
import { HonninError } from "../../error.js";
import { readDocument, type SignedDocument } from "./document.js";
import type { SigningHash } from "./method.js";

/** A document that the server offers for signing. */
export interface ServerDocument {
  /** As in {@link SignedDocument}. */
  readonly name: string;
  readonly mediaType?: string | undefined;
  readonly data: DocumentSource;
}

/** Computes the digest of a document of the server. @throws HonninError `document-invalid`, `document-unreadable`, `options-invalid` */
export async function hashServerDocument(
  document: ServerDocument | undefined | null,
  hash: SigningHash,
): Promise<{ digest: Uint8Array<ArrayBuffer>; document: SignedDocument }> {
  if (document === undefined || document === null) {
    throw new HonninError("document-invalid", "There is no such document.");
  }
  const { name, mediaType, data } = document;
  readDocument({ name, mediaType });
  const { digest, size } = await digestDocument(data, { hash });
  return { digest, document: readDocument({ name, mediaType, size }) };
}
