import type { RefusalTexts } from "../refusal-texts.ts";

const contact = "If this keeps happening, please give the operator of this site the error code below.";
const lockedPin =
  "This page may also appear if a PIN is locked after too many wrong attempts. The municipal office where you are registered can unlock it and reset it.";
const startAgain = "Please start again with the document.";
const pressResume = "Press “Resume”. If that does not help, start again with the document.";
const resumeLater = "Please wait a while, then press “Resume”.";
const nothingUsed = "This site discarded the signature that it received, without using it.";
const notMade = "The signature is not complete.";
const misconfigured = "This site is not set up correctly.";

const badCrl = "The revocation list (CRL) cannot be used for this certificate.";
const badTimestamp = "The enclosed data (a timestamp) does not have the right form.";
const forged = "The content was changed after it was signed.";
const badUse = "This certificate is not for signing documents.";
const badPath = "The path from the certificate to its CA breaks the rules.";
const tooMuch = "The structure of the certificates is too complex, so verification was stopped.";
const badHolder = "The holder's data in the certificate do not have the required form.";

export const refusal: RefusalTexts = {
  resume: "Resume",
  startAgain: "Choose the document again",
  signingGroups: {
    denied: {
      title: "The document has not been signed",
      todo: ["To continue, start again with the document.", lockedPin],
      resume: { todo: ["To continue, press “Resume”.", lockedPin] },
    },
    pinLocked: {
      title: "The signing PIN is locked",
      after: "Nothing was signed.",
      todo: [
        "The municipal office where you are registered can reset the PIN.",
        "If you know the four-digit PIN of your user authentication certificate, you can also book a reset with J-LIS's smartphone app and complete it at a multi-function copier in a convenience store.",
        "After the reset, start signing again.",
      ],
    },
    otherUser: {
      title: "The person who signed is not the person who returned",
      after: nothingUsed,
      todo: ["Use the same person's card from start to end."],
    },
    pending: {
      title: "The signature has not arrived yet",
      after: "It is not lost.",
      todo: ["Wait a moment, then start again with the document.", contact],
      resume: { after: "It is not lost.", todo: ["Wait a moment, then press “Resume”.", contact] },
    },
    used: {
      title: "This signature was already collected",
      todo: [
        "If it was completed in another window, you can close this page.",
        "If not, start again with the document.",
      ],
      resume: {
        todo: [
          "If it was completed in another window, you can close this page.",
          "If not, press “Resume”, or start again with the document.",
        ],
      },
    },
    document: {
      title: "The data of the document did not arrive",
      after: notMade,
      todo: [
        "On the signing page, choose a file, wait until its hash is computed, then press the button.",
        "If the file's name is longer than 255 characters or contains invisible characters, rename it and choose it again.",
        contact,
      ],
    },
    unreadable: {
      title: "The file could not be read",
      after: notMade,
      todo: ["Choose the file again.", contact],
    },
    nothing: {
      title: "There is no signature to resume",
      todo: [
        "If the signature is complete, you need not do anything.",
        "Otherwise, start again with the document.",
      ],
    },
    revoked: {
      title: "The certificate has been revoked",
      after: nothingUsed,
      todo: [
        "A certificate is revoked when its holder's name or address changes, or the card is renewed.",
        "The municipal office where you are registered issues new certificates.",
      ],
    },
    policy: {
      title: "This site does not support this kind of certificate",
      after: nothingUsed,
      todo: ["If you have another card, try again with that one.", contact],
    },
    revocation: {
      title: "The revocation status of the certificate could not be confirmed",
      after: nothingUsed,
      todo: ["Please wait a while, then start again with the document.", contact],
      resume: { todo: [`${resumeLater} You do not have to sign again.`, contact] },
    },
    certificate: {
      title: "The certificate was not accepted",
      after: nothingUsed,
      todo: [
        "Make sure that you signed with the signing certificate of a My Number Card, and try again.",
        contact,
      ],
      resume: { todo: [pressResume, contact] },
    },
    certificateExpired: {
      title: "The certificate was not accepted",
      after: nothingUsed,
      todo: ["Check in the app whether the certificate has expired.", contact],
    },
    method: {
      title: "The card does not match the signature method",
      after: nothingUsed,
      todo: [
        "Under “Advanced” on the signing page, choose the method that matches the card, and start again.",
        "For a next-generation card, choose a “Next-generation card” method. For any other card, choose the method that is selected at first.",
      ],
    },
    browser: {
      title: "Signing could not continue",
      todo: [
        "If this page is open inside another app, such as a social network or mail app, open this site in your usual browser (Safari, Chrome and so on) and start again there.",
        "In a private or incognito window, use a normal window instead.",
        "If you block cookies, allow them for this site.",
      ],
    },
    expired: {
      title: "Signing took too long",
      todo: [startAgain],
      resume: { todo: [pressResume] },
    },
    again: {
      title: "Please try again",
      todo: [startAgain, contact],
      resume: { todo: [pressResume, contact] },
    },
    consent: {
      title: "Signing was not allowed",
      after: notMade,
      todo: ["Press the button to sign again, and allow the signature in the app."],
      resume: { after: notMade, todo: ["Press “Resume”, and allow the signature in the app."] },
    },
    refused: {
      title: "The service did not accept the signature",
      todo: [startAgain, contact],
      resume: { todo: [pressResume, contact] },
    },
    unverified: {
      title: "The signature was rejected for your safety",
      after: nothingUsed,
      todo: [startAgain, contact],
      resume: { todo: [pressResume, contact] },
    },
    unavailable: {
      title: "Communication with the service failed",
      todo: ["Please wait a while, then try again.", contact],
      resume: { todo: [resumeLater, contact] },
    },
    later: {
      title: "Not possible right now",
      todo: ["Please wait a while, then start again with the document."],
      resume: { todo: [resumeLater] },
    },
    spent: {
      title: "This step has already been processed",
      todo: [
        "If the signature was completed in another window, you can close this page.",
        "If you cannot find it there, start again with the document.",
      ],
      resume: {
        todo: ["If the signature was completed in another window, you can close this page.", pressResume],
      },
    },
    address: { title: "This action is not possible", todo: ["Use the buttons on the pages of this site."] },
    site: {
      title: "Something went wrong on this site",
      todo: ["Please wait a while, then try again.", contact],
      resume: { todo: [resumeLater, contact] },
    },
  },
  verificationGroups: {
    altered: {
      title: "The package was changed after signing",
      todo: [
        "Do not accept this package.",
        "Ask the person who gave it to you for the package exactly as it was downloaded.",
      ],
    },
    document: {
      title: "This is not the document that was signed",
      todo: [
        "Make sure that you chose the document that the package names.",
        "Opening a file and saving it again can change it. Choose the file as it was when it was signed.",
        "If you chose the right file, it was changed after it was signed. Do not accept it.",
      ],
    },
    package: {
      title: "This cannot be read as a signed package",
      todo: [
        "Make sure that you chose the JSON file that was downloaded after signing.",
        "An editor that saved the file may have changed it. Choose the original.",
      ],
    },
    revoked: {
      title: "The certificate was revoked",
      todo: ["Do not accept this signature.", "Ask the signer to sign with a new certificate."],
    },
    policy: {
      title: "This site does not support this kind of certificate",
      todo: ["Verify it on a site that knows this kind of certificate."],
    },
    revocation: {
      title: "The revocation status of the certificate cannot be confirmed",
      todo: [
        "Ask the site that created the package for one with revocation evidence.",
        "To check the signature and the certificate only, select “Continue if revocation cannot be checked” under Advanced.",
      ],
    },
    certificate: {
      title: "The certificate cannot be accepted",
      todo: [
        "Do not accept this signature.",
        "Check whether the certificate comes from a CA that this site trusts.",
      ],
    },
    time: {
      title: "The times do not match",
      todo: [
        "Check this device's clock, and the date under Advanced.",
        "If both are right, the time of the package is in the future. Do not accept it.",
      ],
    },
    unreadable: {
      title: "The file could not be read completely",
      todo: ["Choose the file again."],
    },
    browser: {
      title: "The verifier could not be loaded",
      todo: [
        "Check your network connection, then try again.",
        "If WebAssembly is turned off, for example by Lockdown Mode on an iPhone, open this page on another device.",
      ],
    },
    site: {
      title: "Verification failed",
      todo: ["Reload the page and try again.", contact],
    },
  },
  findings: {
    "certificate-malformed": "The certificate does not have the right form.",
    "certificate-expired": "The certificate has expired.",
    "certificate-not-yet-valid": "The validity period of the certificate has not started.",
    "certificate-signature-mismatch":
      "The signature of the certificate is not valid. The certificate may be forged.",
    "issuer-not-found": "The CA that issued the certificate is not one of the CAs that this site trusts.",
    "basic-constraints-violated": badPath,
    "path-length-exceeded": badPath,
    "key-usage-missing": badUse,
    "extended-key-usage-missing": badUse,
    "name-constraints-violated": badPath,
    "policy-not-acceptable": "The kind (policy) of the certificate is not accepted.",
    "policy-mapping-invalid": "The policy mappings of the certificate break the rules.",
    "policy-budget-exhausted": tooMuch,
    "extension-unsupported": "The certificate has a critical extension that is not supported.",
    "path-budget-exhausted": tooMuch,
    "certificate-revoked": "The certificate has been revoked.",
    "revocation-unknown": "The revocation status of the certificate is unknown.",
    "crl-malformed": "The revocation list (CRL) does not have the right form.",
    "crl-expired": "The revocation list (CRL) is too old.",
    "crl-not-yet-valid": "The time of the revocation list (CRL) is in the future.",
    "crl-signature-mismatch": "The signature of the revocation list (CRL) is not valid.",
    "crl-issuer-not-found": badCrl,
    "crl-extension-unsupported": badCrl,
    "crl-scope-mismatch": badCrl,
    "ocsp-malformed": "The OCSP response (revocation status) does not have the right form.",
    "ocsp-unsuccessful": "The CA returned no revocation status.",
    "ocsp-certificate-mismatch": "The OCSP response covers another certificate.",
    "ocsp-expired": "The OCSP response is too old.",
    "ocsp-not-yet-valid": "The time of the OCSP response is in the future.",
    "ocsp-nonce-mismatch": "The OCSP response belongs to another request.",
    "ocsp-responder-unauthorized": "The signer of the OCSP response is not authorized.",
    "ocsp-signature-mismatch": "The signature of the OCSP response is not valid.",
    "cms-malformed": badTimestamp,
    "cms-type-unsupported": badTimestamp,
    "cms-limit-exceeded": badTimestamp,
    "signer-missing": badTimestamp,
    "signer-certificate-not-found": "The enclosed data (a timestamp) lacks the certificate of its signer.",
    "signer-certificate-ambiguous": badTimestamp,
    "content-missing": badTimestamp,
    "content-mismatch": forged,
    "content-ambiguous": badTimestamp,
    "signed-attributes-not-der": badTimestamp,
    "signed-attribute-missing": badTimestamp,
    "signed-attribute-duplicate": badTimestamp,
    "signed-attribute-malformed": badTimestamp,
    "signing-certificate-mismatch": badTimestamp,
    "content-type-mismatch": badTimestamp,
    "message-digest-mismatch": forged,
    "algorithm-inconsistent": "The algorithms of the signature contradict each other.",
    "pdf-malformed": "The signature of the PDF does not have the right form.",
    "pdf-coverage-incomplete": "The signature of the PDF does not cover the whole file.",
    "policy-unsupported": "This site does not know the kind (policy) of the certificate.",
    "hierarchy-mismatch":
      "The certificate is not a signing certificate, but one for another use, such as authentication.",
    "environment-mismatch": "Test certificates and real certificates are mixed up.",
    "profile-mismatch": "The certificate does not match the profile of a signing certificate.",
    "anchor-missing": "This site does not have the CA certificate to verify this certificate.",
    "holder-missing": "This certificate contains no name and no address.",
    "holder-malformed": badHolder,
    "holder-duplicate-entry": badHolder,
    "format-unknown": "The format of the file is unknown.",
    "input-too-large": "The data is too large.",
    "package-malformed": "The file does not have the form of a signed package.",
    "package-version-unsupported":
      "This site does not support the version of the signed package. It is newer.",
    "document-mismatch": "The hash of the document does not match the one that was signed.",
    "evidence-time-mismatch": "The time in the package does not match its revocation evidence.",
    "evidence-in-future": "The time of the revocation evidence is after the verification time.",
    "timestamp-malformed": badTimestamp,
    "timestamp-mismatch": "The enclosed timestamp covers another signature.",
    "timestamp-in-future": "The time of the timestamp is after the verification time.",
  },
  signing: {
    "document-invalid": "A value of the document, such as its name or its hash, is missing or wrong.",
    "document-unreadable":
      "The file could not be read completely. It may have been moved or changed in the meantime.",
    "signature-denied": "Signing ended before it was complete.",
    "signature-start-refused": "You are not allowed to start a signature on this site.",
    "signature-quota-exceeded": "Too many signatures were started within a short time.",
    "authorization-lapsed":
      "The procedure at the service is no longer valid, for example because too much time has passed.",
    "login-host-mismatch":
      "Signing started at one address (host name) of this site and returned to another. Start again at the address that is open now.",
    "authorization-unavailable":
      "The service reported that it cannot accept signatures now. It may be busy or under maintenance.",
    "authorization-code-spent":
      "This happens when the page is reloaded, or when the same procedure is open in another tab. It may already be complete.",
    "signature-pin-locked": "The signing PIN was wrong too many times, so it is locked.",
    "signature-not-found": "This browser has no signature to resume. It is complete, or has expired.",
    "signature-transaction-refused": "The service refused to start a signature.",
    "signature-transaction-expired":
      "Too much time has passed since signing started, so the service cancelled it.",
    "signature-transaction-used": "The result of this signature was already collected.",
    "signature-user-mismatch": "This signature belongs to a person other than the one who returned.",
    "signature-result-pending": "This site requested the result several times, but it is not available yet.",
    "signature-result-refused": "The service did not return the result.",
    "signature-result-malformed": "The result does not have the expected form.",
    "signature-result-undecryptable": "The result could not be decrypted with this site's key.",
    "signature-mismatch": "The signature that was received is not valid.",
    "key-unsuitable": "The key of the received certificate does not match the chosen signature method.",
    "certificate-revoked":
      "According to the revocation information of the CA, this certificate was already revoked.",
    "login-denied": "Signing ended before it was complete.",
    "login-cookie-missing":
      "This browser does not have the data that was stored when signing started. This happens when you return to a different browser, or open an earlier result later.",
    "login-expired":
      "More than ten minutes have passed since signing started, so it was cancelled for your safety.",
    "login-cookie-invalid": "The data that was stored when signing started could not be read.",
    "state-mismatch": "This site could not confirm that signing started in this browser.",
    "scope-not-granted": "The permission that signing requires was not given.",
    "authorization-refused": "The service did not accept this signature.",
    "nonce-mismatch": "The ID token was not issued for this signature.",
    "return-address-refused": "The address to return to after signing is outside this site.",
    "cross-site-request-refused":
      "This site could not confirm that the request came from one of its own pages. The request had no effect.",
    "algorithm-not-allowed":
      "The data is encrypted or signed with an algorithm that this site does not allow.",
    "algorithm-unsupported":
      "The data is encrypted or signed with an algorithm that this site does not support.",
    "critical-header-unsupported": "The data requires an extension that this site does not support.",
    "decryption-key-invalid": misconfigured,
  },
  verification: {
    "signature-mismatch":
      "The signature was not created with the key of the certificate. The signature, the hash or the certificate was changed.",
    "document-unreadable":
      "The file could not be read completely. It may have been moved or changed in the meantime.",
    "webassembly-unavailable": "WebAssembly is not available in this browser.",
    "wasm-unreachable": "The verifier could not be loaded from this site.",
    "options-invalid": misconfigured,
    "internal-error": "An unexpected error occurred. Nothing was verified.",
    "json-malformed": "The package is not valid JSON (duplicate members are not allowed).",
    "json-duplicate-member": "The package contains the same name twice, so its meaning is ambiguous.",
    "algorithm-unsupported": "This site does not support the signature algorithm.",
    "key-unsuitable": "The certificate's key cannot be used for this kind of signature.",
    "key-malformed": "The public key in the certificate does not have the right form.",
    "key-size-unsupported": "The size of the certificate's key is not considered safe.",
  },
};
