import type { GeneralCertificateOptions, IdTokenClaims, JpkiCertificateOptions } from "honnin";
import type { Report } from "../report.js";
import type { ClientOf, Session } from "./hooks.js";
import type { Language } from "./http/language.js";
import type { PrivateJwk } from "./service/client-key.js";
import type { ContentEncryption, DecryptionAlgorithm } from "./signature-api/algorithms.js";
import type { SignedDocument } from "./signature-api/document.js";
import type { SigningMethod } from "./signature-api/method.js";
import type { SigningNamesChoice } from "./signature-api/names.js";
import type { ReadPayload } from "./signature-api/payload.js";
import type { RetryOptions } from "./signature-api/retries.js";
import type { ServerDocument } from "./signature-api/server-document.js";
import type { SignatureTransaction } from "./signature-api/transaction.js";
import type { VerifiedSignatureResult } from "./signature-api/verify-result.js";

/** How the signer's certificate is verified; the time is the handler's. */
export type SignerCertificateOptions =
  | Omit<JpkiCertificateOptions, "now">
  | Omit<GeneralCertificateOptions, "now">;

/** The document of a signature, as described to the handler. */
export interface DocumentOfSignature extends SignedDocument {
  /** The ID of a document that the server offers. */
  readonly id?: string;
}

/** For parties that may decrypt and verify the result: administrative bodies, platform operators. */
export interface OpenOptions {
  /** The private JWKs of the keys that are registered for results, including old keys of a rotation. */
  readonly keys: PrivateJwk | readonly PrivateJwk[];
  /** As in `openSignatureResult`. */
  readonly algorithms?: readonly DecryptionAlgorithm[] | undefined;
  readonly encryptions?: readonly ContentEncryption[] | undefined;
  readonly read?: ReadPayload | undefined;
  /**
   * Trust anchors, profile and revocation; or a function that selects them for each signature. The default of `revocation.require` is
   * `certificate` here.
   */
  readonly verify:
    | SignerCertificateOptions
    | ((transaction: SignatureTransaction) => SignerCertificateOptions | Promise<SignerCertificateOptions>);
}

/** An encrypted result for the party that can decrypt it. */
export interface SealedResult {
  /** The JWE as received. */
  readonly result: string;
  readonly transaction: SignatureTransaction;
  readonly document: DocumentOfSignature;
  readonly sub: string;
}

/**
 * For a private business: forwards the result to the platform operator and returns its response. If the return value is JSON of at
 * most 65,536 characters, it is stored until `onSigned` succeeds; otherwise `forward` is called again after `onSigned` fails. It may
 * also be called twice for one signature after its own error, or if two tabs resume at once. Use `transaction.id` to detect this: the
 * second call must do no harm.
 */
export type Forward = (sealed: SealedResult, request: Request) => unknown;

/** A completed signature. */
export type Signing = {
  /** The `sub` of the signer. To require that it is the logged-in user, set `sameSubject` or compare it yourself. */
  readonly sub: string;
  /** The claims of the verified ID token. */
  readonly claims: IdTokenClaims;
  /** The steps of verifying the ID token. */
  readonly loginReport: Report;
  readonly transaction: SignatureTransaction;
  readonly document: DocumentOfSignature;
  /** The path of the site that was requested at the sign route. */
  readonly returnTo: string;
  readonly language: Language;
} & (
  | {
      /**
       * The signature matches the digest of the document, and the certificate was verified with `open.verify`. The revocation status is
       * good, unless `open.verify` requires less (`require: "nothing"`, `reportOnly`): see `signature.revocation`.
       */
      readonly verification: "passed";
      readonly signature: VerifiedSignatureResult;
      /** The JSON text of the signed package. */
      readonly package: string;
      /** The signer's certificate in DER. Personal data. */
      readonly certificate: Uint8Array<ArrayBuffer>;
    }
  | {
      /** The result was not opened here. */
      readonly verification: "not-checked";
      /** The return value of `forward`. */
      readonly forwarded: unknown;
    }
);

/** Where the user continues. */
export interface SigningOutcome {
  /** A path of the site. Default: `returnTo` of the signature. */
  readonly returnTo?: string;
}

/**
 * Called when a signature is complete. An exception becomes an error page, from which the user can resume. In rare cases it is called
 * twice for one signature (two tabs at once, or its own error): use `transaction.id` to detect this.
 */
export type OnSigned = (
  signing: Signing,
  request: Request,
) => Response | SigningOutcome | undefined | void | Promise<Response | SigningOutcome | undefined | void>;

/** The request to start a signature. */
export interface SignatureStart {
  /** The session of the logged-in user. */
  readonly session: Session | undefined;
  /** The fields of the form. */
  readonly fields: URLSearchParams;
  readonly request: Request;
}

/** Decides whether the user may start a signature. */
export type MayStart = (start: SignatureStart) => boolean | Promise<boolean>;

/** The maximum numbers of signatures that can be started within one `transactionLifetime`. */
export interface SigningLimits {
  /** For one client. Default 20. */
  readonly perClient?: number | undefined;
  /** For all unidentified clients together. Default 1,000. */
  readonly anonymous?: number | undefined;
}

/** Options of signing, in addition to the options of the handler, which must include `store`. Set either `open` or `forward`. */
export interface SigningOptions extends Omit<RetryOptions, "wait"> {
  /**
   * Decides who may start a signature; or `"anyone"`, if everyone may. It is called first, because starting a signature costs requests
   * to the service and room in the store.
   */
  readonly mayStart: MayStart | "anyone";
  /** Whether the `sub` of the signer must be that of the user who was logged in at the start. Default false: compare it in `onSigned`. */
  readonly sameSubject?: boolean | undefined;
  /** Default: the logged-in user; all others count as one client. No header is trusted unless it is named here. */
  readonly clientOf?: ClientOf | undefined;
  readonly limits?: SigningLimits | undefined;
  /** The signature method; or a function that selects it by the fields of the form, or throws to refuse. */
  readonly method:
    | SigningMethod
    | ((fields: URLSearchParams, request: Request) => SigningMethod | Promise<SigningMethod>);
  readonly names?: SigningNamesChoice | undefined;
  /** The maximum duration of each stage of a signature in seconds, 60 to 3600. Default 600. */
  readonly transactionLifetime?: number | undefined;
  /** `scope` of the request for the client's own token. Default: not sent. */
  readonly clientCredentialsScope?: string | undefined;
  /** Returns a document that the server offers, by the ID in the form. The handler computes its digest. */
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
