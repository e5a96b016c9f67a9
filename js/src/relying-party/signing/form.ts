import { readAtMost } from "../../bounded-bytes.js";
import { isDocumentName } from "../../documents/document-name.js";
import { HonninError } from "../../error.js";
import { mediaTypeOf } from "../../protocol-text.js";
import { isMediaType, type SignedDocument } from "../signature-api/document.js";
import { fromHex } from "../signature-api/encoding.js";
import { hashBytes, type SigningHash } from "../signature-api/method.js";

const MAX_BYTES = 16_384;

function invalid(what: string): HonninError {
  return new HonninError("document-invalid", `The form of the sign route ${what}.`);
}

/** Reads `application/x-www-form-urlencoded`, up to the size limit. @throws HonninError `document-invalid` */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const form = "application/x-www-form-urlencoded";
  if (mediaTypeOf(request.headers) !== form) throw invalid(`is not ${form}`);
  if (request.body === null) return new URLSearchParams();
  const bytes = await readAtMost(
    request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>,
    MAX_BYTES,
    () => invalid(`has more than ${MAX_BYTES} bytes`),
    () => invalid("broke off"),
  );
  return new URLSearchParams(new TextDecoder().decode(bytes));
}

/** The value of a field; `undefined` if it is missing or empty. @throws HonninError `document-invalid` if it appears twice */
export function field(fields: URLSearchParams, name: string): string | undefined {
  const values = fields.getAll(name);
  if (values.length > 1) throw invalid(`has the field ${name} more than once`);
  return values[0] || undefined;
}

/** The ID of a document that the server offers. @throws HonninError `document-invalid` */
export function documentId(fields: URLSearchParams): string | undefined {
  const id = field(fields, "document");
  if (id === undefined) return undefined;
  if (!isDocumentName(id))
    throw invalid("has an ID with more than 255 characters or with invisible characters");
  for (const name of ["digest", "name", "type", "size"]) {
    if (fields.has(name)) throw invalid(`has both document and ${name}`);
  }
  return id;
}

/** A document whose digest the browser computed. @throws HonninError `document-invalid` */
export function hashedDocument(
  fields: URLSearchParams,
  hash: SigningHash,
): { digest: Uint8Array<ArrayBuffer>; document: SignedDocument } {
  const digest = field(fields, "digest") ?? "";
  const digits = hashBytes[hash] * 2;
  if (digest.length !== digits || !/^[0-9a-f]*$/.test(digest)) {
    throw invalid(`has no ${hash} digest of ${digits} lower-case hexadecimal digits`);
  }
  const name = field(fields, "name");
  if (!isDocumentName(name))
    throw invalid("has no name of 1 to 255 characters without invisible or control characters");
  const mediaType = field(fields, "type");
  if (mediaType !== undefined && !isMediaType(mediaType))
    throw invalid("has a type that is not a media type");
  const size = field(fields, "size");
  if (size !== undefined && !/^(0|[1-9]\d{0,14})$/.test(size))
    throw invalid("has a size that is not an integer");
  return {
    digest: fromHex(digest),
    document: {
      name,
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(size === undefined ? {} : { size: Number(size) }),
    },
  };
}
