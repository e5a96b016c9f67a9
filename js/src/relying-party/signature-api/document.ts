import { isDocumentName } from "../../documents/document-name.js";
import { invalid } from "../option-checks.js";

/** The site's description of the document. The signature does not cover it, only the digest. */
export interface SignedDocument {
  /** 1 to 255 characters, without invisible or control characters. */
  readonly name: string;
  readonly mediaType?: string | undefined;
  /** In bytes. */
  readonly size?: number | undefined;
}

/** RFC 9110 §8.3.1, with parameters. */
const MEDIA_TYPE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+( *; *[\x20-\x7e]+)?$/;

export function isMediaType(value: unknown): value is string {
  return typeof value === "string" && value.length <= 255 && MEDIA_TYPE.test(value);
}

export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** @throws HonninError `options-invalid` */
export function readDocument(document: SignedDocument): SignedDocument {
  if (typeof document !== "object" || document === null)
    throw invalid("document", "be an object with a name");
  const { name, mediaType, size } = document;
  if (!isDocumentName(name))
    throw invalid("document.name", "have 1 to 255 characters, without invisible or control characters");
  if (mediaType !== undefined && !isMediaType(mediaType))
    throw invalid("document.mediaType", "be a media type");
  if (size !== undefined && !isSize(size)) throw invalid("document.size", "be an integer, in bytes");
  return {
    name,
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(size === undefined ? {} : { size }),
  };
}
