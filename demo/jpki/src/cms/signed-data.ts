// CMS SignedData (RFC 5652 §5) as it is met in the wild. Written byte by byte, since half of the forms wanted here are
// ones that a library rightly does not write.
import { serialize } from "../asn1/convert.js";
import {
  concat,
  context,
  contextPrimitive,
  indefinite,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  setOf,
  tlv,
} from "../asn1/der.js";
import { oid } from "../asn1/oids.js";
import type { KeyPair } from "../keys/key-pair.js";
import {
  algorithmIdentifier,
  digest,
  type HashName,
  type SignatureScheme,
  type Signer,
  signerOf,
} from "../keys/signer.js";
import type { Leaf } from "../x509/leaf.js";
import {
  algorithmProtectionAttribute,
  contentTypeAttribute,
  messageDigestAttribute,
  signingTimeAttribute,
} from "./attributes.js";

export interface SignerFields {
  readonly leaf: Leaf;
  /** In place of the leaf's key: a signature by someone else in the leaf's name. */
  readonly key?: KeyPair;
  readonly hash?: HashName;
  readonly sid?: "issuer-serial" | "key-identifier";
  /** Parameters of the digest algorithm. */
  readonly digestParameters?: "null" | "absent";
  /** The identifier of an RSA signature algorithm: both mean the same (RFC 3370 §3.2). */
  readonly rsaName?: "rsaEncryption" | "sha256WithRSAEncryption";
  /** In place of RSASSA-PKCS1-v1_5 or ECDSA. */
  readonly scheme?: SignatureScheme;
  /** `false`: the signature covers the content itself. */
  readonly signedAttributes?: boolean;
  readonly signingTime?: Date;
  readonly algorithmProtection?: boolean;
  /** What cmsAlgorithmProtection claims the digest algorithm to be. */
  readonly protectedHash?: HashName;
  /** Changes the attributes before they are sorted. */
  readonly attributes?: (usual: Uint8Array[]) => Uint8Array[];
  /** `false`: attributes in the order given, signed as they are sent, as software that does not sort does. */
  readonly sorted?: boolean;
  /** Signs this order of the attributes but sends the reverse: valid only for one who sorts again. */
  readonly sentReversed?: boolean;
  /** Sends the attributes in BER, with an indefinite length; the signature covers their DER. */
  readonly indefiniteAttributes?: boolean;
  /** The digest is of this, whatever the content is. */
  readonly digestOf?: Uint8Array;
  readonly unsignedAttributes?: readonly Uint8Array[];
  readonly version?: number;
  /** Changes the signature's octets. */
  readonly signature?: (usual: Uint8Array) => Uint8Array;
}

export interface SignedDataFields {
  readonly signers: readonly SignerFields[];
  readonly content: Uint8Array;
  /** The content travels apart. */
  readonly detached?: boolean;
  readonly contentType?: string;
  /** BER: indefinite lengths outside the signed parts, and the content in pieces. */
  readonly indefinite?: boolean;
  /** Whose certificates are enclosed, and in which order (`ca-first` reverses). */
  readonly certificates?: "leaf" | "leaf-and-ca" | "ca-first" | "none";
  /** Further certificates, before the others. */
  readonly furtherCertificates?: readonly Uint8Array[];
  /** Octets of zero behind the structure, as in a PDF's /Contents. */
  readonly trailingZeros?: number;
  readonly version?: number;
}

function identifier({ leaf, sid = "issuer-serial" }: SignerFields): Uint8Array {
  if (sid === "key-identifier") return contextPrimitive(0, leaf.key.keyIdentifier);
  return sequence(serialize(leaf.authority.name), tlv(0x02, leaf.serial));
}

function signerAlgorithm(fields: SignerFields, signer: Signer): Uint8Array {
  const plainRsa = (fields.key ?? fields.leaf.key).kind === "rsa" && !fields.scheme?.startsWith("rsa-pss");
  return plainRsa && fields.rsaName === "rsaEncryption"
    ? algorithmIdentifier(oid.rsaEncryption)
    : signer.algorithm;
}

function schemeOf(key: KeyPair, hash: HashName): SignatureScheme {
  if (key.kind === "rsa") return `rsa-pkcs1-${hash}`;
  return key.kind === "p256" ? "ecdsa-p256-sha256" : "ecdsa-p384-sha384";
}

/** The digest that goes with a key: ECDSA on P-384 goes with SHA-384. */
const hashOf = ({ leaf, hash }: SignerFields): HashName =>
  hash ?? (leaf.key.kind === "p384" ? "sha384" : "sha256");

function signerInfo(fields: SignerFields, data: Uint8Array, contentType: string): Uint8Array {
  const key = fields.key ?? fields.leaf.key;
  const hash = hashOf(fields);
  const signer = signerOf(key, fields.scheme ?? schemeOf(key, hash));
  const digestAlgorithm = algorithmIdentifier(oid[hash], fields.digestParameters ?? "null");
  const signatureAlgorithm = signerAlgorithm(fields, signer);
  const signed = fields.digestOf ?? data;

  let attributes: Uint8Array[] = [];
  let message = signed;
  if (fields.signedAttributes !== false) {
    const usual = [
      contentTypeAttribute(contentType),
      ...(fields.signingTime === undefined ? [] : [signingTimeAttribute(fields.signingTime)]),
      messageDigestAttribute(digest(hash, signed)),
      ...(fields.algorithmProtection
        ? [
            algorithmProtectionAttribute(
              algorithmIdentifier(oid[fields.protectedHash ?? hash], fields.digestParameters ?? "null"),
              signatureAlgorithm,
            ),
          ]
        : []),
    ];
    attributes = fields.attributes?.(usual) ?? usual;
    if (fields.sorted !== false) attributes.sort((a, b) => Buffer.compare(a, b));
    // RFC 5652 §5.4: the signature covers the attributes under the tag of SET OF, not [0].
    message = set(...attributes);
    if (fields.sentReversed) attributes.reverse();
  }
  const signature = signer.sign(message);
  return sequence(
    integer(fields.version ?? (fields.sid === "key-identifier" ? 3 : 1)),
    identifier(fields),
    digestAlgorithm,
    ...(fields.signedAttributes === false
      ? []
      : [(fields.indefiniteAttributes ? indefinite : tlv)(0xa0, ...attributes)]),
    signatureAlgorithm,
    octetString(fields.signature?.(signature) ?? signature),
    ...(fields.unsignedAttributes === undefined ? [] : [context(1, ...fields.unsignedAttributes)]),
  );
}

/** Without repetition, in order. */
function unique(items: readonly Uint8Array[]): Uint8Array[] {
  return items.filter((item, at) => items.findIndex((other) => Buffer.compare(item, other) === 0) === at);
}

function enclosed({
  signers,
  certificates = "leaf",
  furtherCertificates = [],
}: SignedDataFields): Uint8Array[] {
  const leaves = signers.map(({ leaf }) => leaf.certificate);
  const authorities = signers.map(({ leaf }) => leaf.authority.certificate);
  const own = {
    none: [],
    leaf: leaves,
    "leaf-and-ca": [...leaves, ...authorities],
    "ca-first": [...authorities, ...leaves],
  }[certificates];
  return unique([...furtherCertificates, ...own]);
}

/** The content as one OCTET STRING, or in BER as several pieces of one. */
function octets(data: Uint8Array, pieces: boolean): Uint8Array {
  if (!pieces) return octetString(data);
  const half = Math.ceil(data.length / 2);
  return indefinite(0x24, octetString(data.subarray(0, half)), octetString(data.subarray(half)));
}

/** ContentInfo of SignedData: DER, or BER where asked. */
export function signedData(fields: SignedDataFields): Uint8Array {
  const contentType = fields.contentType ?? oid.data;
  const ber = fields.indefinite ?? false;
  const build = ber ? indefinite : tlv;
  const certificates = enclosed(fields);
  const digestAlgorithms = unique(
    fields.signers.map((signer) =>
      algorithmIdentifier(oid[hashOf(signer)], signer.digestParameters ?? "null"),
    ),
  );
  const byKey = fields.signers.some(({ sid }) => sid === "key-identifier");
  const body = build(
    0x30,
    // RFC 5652 §5.1: 3 where a signer is named by key or the content is not id-data.
    integer(fields.version ?? (byKey || contentType !== oid.data ? 3 : 1)),
    setOf(...digestAlgorithms),
    build(
      0x30,
      objectIdentifier(contentType),
      ...(fields.detached ? [] : [build(0xa0, octets(fields.content, ber))]),
    ),
    ...(certificates.length === 0 ? [] : [build(0xa0, ...certificates)]),
    build(0x31, ...fields.signers.map((signer) => signerInfo(signer, fields.content, contentType))),
  );
  const whole = build(0x30, objectIdentifier(oid.signedData), build(0xa0, body));
  return concat(whole, new Uint8Array(fields.trailingZeros ?? 0));
}
