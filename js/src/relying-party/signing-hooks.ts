import type { GeneralCertificateOptions, IdTokenClaims, JpkiCertificateOptions } from "honnin";
import type { Report } from "../report.js";
import type { Session } from "./hooks.js";
import type { Language } from "./http/language.js";
import type { PrivateJwk } from "./service/client-key.js";
import type { ContentEncryption, DecryptionAlgorithm } from "./signature-api/algorithms.js";
import type { SignedDocument } from "./signature-api/document.js";
import type { RetryOptions } from "./signature-api/fetch-result.js";
import type { SigningMethod } from "./signature-api/method.js";
import type { SigningNamesChoice } from "./signature-api/names.js";
import type { ReadPayload } from "./signature-api/payload.js";
import type { ServerDocument } from "./signature-api/server-document.js";
import type { SignatureTransaction } from "./signature-api/transaction.js";
import type { VerifiedSignatureResult } from "./signature-api/verify-result.js";

/** How the signer's certificate is verified; the time is the handler's. */
export type SignerCertificateOptions =
  | Omit<JpkiCertificateOptions, "now">
  | Omit<GeneralCertificateOptions, "now">;

/** The document of a signature, as the handler was told of it. */
export interface DocumentOfSignature extends SignedDocument {
  /** Of a document that the server offered. */
  readonly id?: string;
}

/** For who may open and verify the result: administrative bodies, platform operators. */
export interface OpenOptions {
  /** Private JWKs of the key that is registered for results, old ones of a rotation included. */
  readonly keys: PrivateJwk | readonly PrivateJwk[];
  /** As `openSignatureResult` has them. */
  readonly algorithms?: readonly DecryptionAlgorithm[] | undefined;
  readonly encryptions?: readonly ContentEncryption[] | undefined;
  readonly read?: ReadPayload | undefined;
  /**
   * Anchors, profile, revocation; or a function that chooses them for each signature. `revocation.require` is `certificate` here
   * unless it is given.
   */
  readonly verify:
    | SignerCertificateOptions
    | ((transaction: SignatureTransaction) => SignerCertificateOptions | Promise<SignerCertificateOptions>);
}

/** A result on its way to whoever can open it. */
export interface SealedResult {
  /** The JWE, as it came. */
  readonly result: string;
  readonly transaction: SignatureTransaction;
  readonly document: DocumentOfSignature;
  readonly sub: string;
}

/**
 * For a private business: hands the result to the platform operator, and returns what that says. What it returns is kept until
 * `onSigned` has taken it, if it is JSON of up to 65,536 characters; else it is called anew when `onSigned` has failed. After an
 * error of its own, and when two tabs go on at once, it is called twice for one signature in any case: `transaction.id` tells, and
 * the second call must do no harm.
 */
export type Forward = (sealed: SealedResult, request: Request) => unknown;

/** A signature at its end. */
export type Signing = {
  /** Who signed, as with a login. Whether that is who is logged in here, `sameSubject` or the site compares. */
  readonly sub: string;
  /** Of the verified ID token. */
  readonly claims: IdTokenClaims;
  /** Each check of the ID token. */
  readonly loginReport: Report;
  readonly transaction: SignatureTransaction;
  readonly document: DocumentOfSignature;
  /** A path of the site, as asked for at the sign route. */
  readonly returnTo: string;
  readonly language: Language;
} & (
  | {
      /**
       * The signature holds over the document's digest, and the certificate was verified as `open.verify` says. Its revocation is
       * known to be good, unless that asks for less: `signature.revocation` tells (`require: "nothing"`, `reportOnly`).
       */
      readonly verification: "passed";
      readonly signature: VerifiedSignatureResult;
      /** The text of the signed package. */
      readonly package: string;
      /** The signer's, in DER. Personal data. */
      readonly certificate: Uint8Array<ArrayBuffer>;
    }
  | {
      /** The result was not opened here. */
      readonly verification: "not-checked";
      /** What `forward` returned. */
      readonly forwarded: unknown;
    }
);

/** Where the user goes on to. */
export interface SigningOutcome {
  /** A path of the site. Default: the signature's `returnTo`. */
  readonly returnTo?: string;
}

/**
 * Called when a signature is done; what it throws becomes a page, from which the user can go on. In rare cases it is called
 * twice for one signature (two tabs at once, an error of its own): `transaction.id` tells.
 */
export type OnSigned = (
  signing: Signing,
  request: Request,
) => Response | SigningOutcome | undefined | void | Promise<Response | SigningOutcome | undefined | void>;

/** Who asks to begin a signature, and with what. */
export interface SignatureStart {
  /** Of the person who is logged in. */
  readonly session: Session | undefined;
  /** Of the form. */
  readonly fields: URLSearchParams;
  readonly request: Request;
}

/** Whether this one may begin a signature. */
export type MayStart = (start: SignatureStart) => boolean | Promise<boolean>;

/**
 * Who a client is, for the limits on signatures: a text that is the same for the same client, `undefined` for one that is not known.
 * Or the header in which a proxy of yours says the address, such as `cf-connecting-ip`; of one that lists several, the one that the
 * outermost of `proxies` (default 1) trusted proxies has added. Addresses of IPv6 count by /64, which is what one client has.
 */
export type ClientOf =
  | ((request: Request, session: Session | undefined) => string | undefined | Promise<string | undefined>)
  | { readonly header: string; readonly proxies?: number | undefined };

/** How many signatures can be begun within one `transactionLifetime`. */
export interface SigningLimits {
  /** By one client. Default 20. */
  readonly perClient?: number | undefined;
  /** By all together of whom nobody knows who they are. Default 1,000. */
  readonly anonymous?: number | undefined;
}

/** What signing needs, besides the options of the handler, `store` among them. Exactly one of `open` and `forward`. */
export interface SigningOptions extends Omit<RetryOptions, "wait"> {
  /**
   * Who may begin a signature, which costs calls to the service and room in the store; or `"anyone"`, which says outright that
   * everybody may. Asked before either.
   */
  readonly mayStart: MayStart | "anyone";
  /** The signer has to be the person who was logged in when the signature began, by `sub`. Default false: `onSigned` may compare. */
  readonly sameSubject?: boolean | undefined;
  /** Default: the person who is logged in; all others are one. No header is believed that is not named here. */
  readonly clientOf?: ClientOf | undefined;
  readonly limits?: SigningLimits | undefined;
  /** What the card is handed; or a function that chooses it by the form's fields, or throws to refuse. */
  readonly method:
    | SigningMethod
    | ((fields: URLSearchParams, request: Request) => SigningMethod | Promise<SigningMethod>);
  readonly names?: SigningNamesChoice | undefined;
  /** Seconds that each step of a signature may take, 60 to 3600. Default 600. */
  readonly transactionLifetime?: number | undefined;
  /** `scope` of the request for the client's own token. Default: none is sent. */
  readonly clientCredentialsScope?: string | undefined;
  /** The documents that the server offers, by the id in the form. They are hashed here. */
  readonly documents?:
    | ((
        id: string,
        request: Request,
      ) => ServerDocument | undefined | null | Promise<ServerDocument | undefined | null>)
    | undefined;
  readonly open?: OpenOptions | undefined;
  readonly forward?: Forward | undefined;
  readonly onSigned: OnSigned;
}
