import type { RefusalTexts } from "../refusal-texts.ts";

const contact = "If this keeps happening, please tell the operator of this site the error code below.";
const lockedPin =
  "This page may also appear when a PIN has been locked after too many wrong tries. The municipal office where you are registered can unlock it and let you set a new one.";
const startAgain = "Please start again with the document.";
const pressResume = "Press “Resume”. If that does not help, start again with the document.";
const resumeLater = "Please wait a little, then press “Resume”.";
const nothingUsed = "The signature that was received has been discarded unused.";
const notMade = "The signature is not complete.";
const misconfigured = "This site is not set up correctly.";

const badCrl = "The revocation list (CRL) cannot be used for this certificate.";
const badTimestamp = "What is enclosed (a timestamp) is not of the right form.";
const forged = "The contents were changed after they were signed.";
const badUse = "This certificate is not one for signing documents.";
const badPath = "The chain from the certificate to its authority breaks the rules.";
const tooMuch = "The certificate chain is too complex, so verification was stopped.";
const badHolder = "The holder's details in the certificate do not have the prescribed form.";

export const refusal: RefusalTexts = {
  resume: "Resume",
  startAgain: "Choose the document again",
  signingGroups: {
    denied: {
      title: "The document has not been signed",
      todo: ["To go on, start again with the document.", lockedPin],
      resume: { todo: ["To go on, press “Resume”.", lockedPin] },
    },
    pinLocked: {
      title: "The signing PIN is locked",
      after: "Nothing was signed.",
      todo: [
        "The municipal office where you are registered can reset the PIN.",
        "If you know the four-digit PIN of your user authentication certificate, you can also book a reset with J-LIS's smartphone app and complete it at a kiosk terminal in a convenience store.",
        "Once it is reset, start the signing again.",
      ],
    },
    otherUser: {
      title: "The person who signed is not the one who came back",
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
      title: "This signature was collected already",
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
      title: "The document's details did not arrive",
      after: notMade,
      todo: [
        "On the signing page, choose a file, wait until its hash is ready, then press the button.",
        "If the file's name is longer than 255 characters or contains invisible ones, rename it and choose it again.",
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
      todo: ["If it is finished, there is nothing to do.", "Otherwise, start again with the document."],
    },
    revoked: {
      title: "The certificate has been revoked",
      after: nothingUsed,
      todo: [
        "A certificate is revoked when its holder's name or address changes, or the card is renewed.",
        "The municipal office where you are registered issues a new one.",
      ],
    },
    policy: {
      title: "This kind of certificate is not known here",
      after: nothingUsed,
      todo: ["If you have another card, try again with that one.", contact],
    },
    revocation: {
      title: "It could not be confirmed that the certificate is not revoked",
      after: nothingUsed,
      todo: ["Please wait a little, then start again with the document.", contact],
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
      todo: ["See in the app whether the certificate has expired.", contact],
    },
    method: {
      title: "The card does not fit the way of signing",
      after: nothingUsed,
      todo: [
        "Under “Advanced” on the signing page, choose the way that fits the card, and start again.",
        "For a next-generation card choose one of the “Next card” ways; for any other, the way that the page offers first.",
      ],
    },
    browser: {
      title: "The signing could not go on",
      todo: [
        "If this page is open inside another app, such as a social network or mail app, open this site in your usual browser (Safari, Chrome and so on) and start again there.",
        "In a private or incognito window, use a normal window instead.",
        "If you block cookies, allow them for this site.",
      ],
    },
    expired: {
      title: "The signing took too long",
      todo: [startAgain],
      resume: { todo: [pressResume] },
    },
    again: {
      title: "Please try again",
      todo: [startAgain, contact],
      resume: { todo: [pressResume, contact] },
    },
    consent: {
      title: "Signing was not permitted",
      after: notMade,
      todo: ["Press the button to sign once more, and permit the signature in the app."],
      resume: { after: notMade, todo: ["Press “Resume”, and permit the signature in the app."] },
    },
    refused: {
      title: "The service did not accept this",
      todo: [startAgain, contact],
      resume: { todo: [pressResume, contact] },
    },
    unverified: {
      title: "The signature was not accepted, for your safety",
      after: nothingUsed,
      todo: [startAgain, contact],
      resume: { todo: [pressResume, contact] },
    },
    unavailable: {
      title: "Communication with the service failed",
      todo: ["Please wait a little, then try again.", contact],
      resume: { todo: [resumeLater, contact] },
    },
    later: {
      title: "Not possible right now",
      todo: ["Please wait a little, then start again with the document."],
      resume: { todo: [resumeLater] },
    },
    spent: {
      title: "This step has been processed already",
      todo: [
        "If the signature was completed in another window, you can simply close this page.",
        "If you cannot find it there, start again with the document.",
      ],
      resume: {
        todo: [
          "If the signature was completed in another window, you can simply close this page.",
          pressResume,
        ],
      },
    },
    address: { title: "This cannot be done", todo: ["Use the buttons on the pages of this site."] },
    site: {
      title: "Something went wrong on this site",
      todo: ["Please wait a little, then try again.", contact],
      resume: { todo: [resumeLater, contact] },
    },
  },
  verificationGroups: {
    altered: {
      title: "Changed after it was signed",
      todo: [
        "Do not accept this package.",
        "Ask whoever gave it to you for the package exactly as it was downloaded.",
      ],
    },
    document: {
      title: "Not the document that was signed",
      todo: [
        "Make sure that you chose the document that the package names.",
        "Opening a file and saving it again can change it. Choose the file as it was when it was signed.",
        "If it is meant to be that very file, it was changed after it was signed: do not accept it.",
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
      title: "This kind of certificate is not known here",
      todo: ["Verify it on a site that knows this kind of certificate."],
    },
    revocation: {
      title: "It cannot be shown that the certificate was not revoked",
      todo: [
        "Ask the site that made the package for one with evidence of revocation.",
        "To check just signature and certificate, choose “Go on where revocation cannot be checked” under Advanced.",
      ],
    },
    certificate: {
      title: "The certificate cannot be accepted",
      todo: [
        "Do not accept this signature.",
        "See whether the certificate is from an authority that this site trusts at all.",
      ],
    },
    time: {
      title: "The times do not agree",
      todo: [
        "Check this device's clock, and the date under Advanced.",
        "If both are right, the package is dated in the future: do not accept it.",
      ],
    },
    unreadable: {
      title: "The file could not be read to its end",
      todo: ["Choose the file again."],
    },
    browser: {
      title: "The verifier could not be loaded",
      todo: [
        "Make sure that you are connected, then try again.",
        "Where WebAssembly is off, as in the iPhone's Lockdown Mode, open this page on another device.",
      ],
    },
    site: {
      title: "This could not be verified",
      todo: ["Reload the page and try again.", contact],
    },
  },
  findings: {
    "certificate-malformed": "The certificate is not of the right form.",
    "certificate-expired": "The certificate has expired.",
    "certificate-not-yet-valid": "The certificate's validity has not begun.",
    "certificate-signature-mismatch": "The certificate's own signature is wrong. It may be forged.",
    "issuer-not-found": "The authority that issued the certificate is none of those that are trusted here.",
    "basic-constraints-violated": badPath,
    "path-length-exceeded": badPath,
    "key-usage-missing": badUse,
    "extended-key-usage-missing": badUse,
    "name-constraints-violated": badPath,
    "policy-not-acceptable": "The certificate's kind (its policy) is none of those that are accepted.",
    "policy-mapping-invalid": "The mapping of the certificate's policies breaks the rules.",
    "policy-budget-exhausted": tooMuch,
    "extension-unsupported": "The certificate has a critical extension that is not understood.",
    "path-budget-exhausted": tooMuch,
    "certificate-revoked": "The certificate has been revoked.",
    "revocation-unknown": "Whether the certificate has been revoked could not be found out.",
    "crl-malformed": "The revocation list (CRL) is not of the right form.",
    "crl-expired": "The revocation list (CRL) is too old.",
    "crl-not-yet-valid": "The revocation list (CRL) is from the future.",
    "crl-signature-mismatch": "The revocation list's signature is wrong.",
    "crl-issuer-not-found": badCrl,
    "crl-extension-unsupported": badCrl,
    "crl-scope-mismatch": badCrl,
    "ocsp-malformed": "The answer about revocation (an OCSP response) is not of the right form.",
    "ocsp-unsuccessful": "The authority did not answer the question about revocation.",
    "ocsp-certificate-mismatch": "The answer about revocation speaks of another certificate.",
    "ocsp-expired": "The answer about revocation is too old.",
    "ocsp-not-yet-valid": "The answer about revocation is from the future.",
    "ocsp-nonce-mismatch": "The answer about revocation belongs to another question.",
    "ocsp-responder-unauthorized":
      "The answer about revocation came from somebody without the right to give it.",
    "ocsp-signature-mismatch": "The signature of the answer about revocation is wrong.",
    "cms-malformed": badTimestamp,
    "cms-type-unsupported": badTimestamp,
    "cms-limit-exceeded": badTimestamp,
    "signer-missing": badTimestamp,
    "signer-certificate-not-found": "What is enclosed (a timestamp) lacks its signer's certificate.",
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
    "algorithm-inconsistent": "The algorithms that the signature names do not agree.",
    "pdf-malformed": "The PDF's signature is not of the right form.",
    "pdf-coverage-incomplete": "The PDF's signature does not cover the whole file.",
    "policy-unsupported": "The certificate's kind (its policy) is not known to this site.",
    "hierarchy-mismatch": "It is not a signing certificate but one for another use, such as authentication.",
    "environment-mismatch": "Certificates for tests and real ones were mixed up.",
    "profile-mismatch": "It is not made as a signing certificate has to be.",
    "anchor-missing": "This site has no certificate of an authority to check this one with.",
    "holder-missing": "This certificate holds neither name nor address.",
    "holder-malformed": badHolder,
    "holder-duplicate-entry": badHolder,
    "format-unknown": "It could not be told what kind of file this is.",
    "input-too-large": "It is too large.",
    "package-malformed": "It does not have the form of a signed package.",
    "package-version-unsupported": "It is a signed package of a newer version than this site knows.",
    "document-mismatch": "The document's hash is not the one that was signed.",
    "evidence-time-mismatch": "The time that the package names is not that of the evidence in it.",
    "evidence-in-future": "The evidence of revocation is later than the clock that you verify with.",
    "timestamp-malformed": badTimestamp,
    "timestamp-mismatch": "The timestamp that is enclosed belongs to another signature.",
    "timestamp-in-future": "The timestamp is later than the clock that you verify with.",
  },
  signing: {
    "document-invalid": "Something about the document, such as its name or its hash, is missing or wrong.",
    "document-unreadable":
      "The file could not be read to its end. It may have been moved or changed meanwhile.",
    "signature-denied": "Signing ended before it was complete.",
    "signature-start-refused": "It is not allowed to begin a signature on this site.",
    "signature-quota-exceeded": "Too many signatures were begun within a short time.",
    "authorization-lapsed":
      "The service’s part of signing is no longer valid, for example because too much time has passed.",
    "login-host-mismatch":
      "Signing began at another address (host name) of this site than the one it came back to. Start again at the address that is open now.",
    "authorization-unavailable":
      "The service answered that it cannot take signatures right now. It may be busy or under maintenance.",
    "authorization-code-spent":
      "That happens when the page is reloaded, or when the same procedure is open in another tab. It may be complete already.",
    "signature-pin-locked": "The signing PIN was entered wrongly too many times, so it is locked.",
    "signature-not-found":
      "This browser has no signature that could go on. It is finished, or too much time has passed.",
    "signature-transaction-refused": "The service refused to start a signature.",
    "signature-transaction-expired": "Too much time has passed since it began, so the service called it off.",
    "signature-transaction-used": "The result of this signature has been handed out already.",
    "signature-user-mismatch": "This signature is another person's than the one who came back.",
    "signature-result-pending": "The site asked for the result several times, and it is not ready yet.",
    "signature-result-refused": "The service did not hand out the result.",
    "signature-result-malformed": "The result that arrived does not have the form expected.",
    "signature-result-undecryptable": "The result that arrived could not be opened with this site's key.",
    "signature-mismatch": "The signature that arrived was checked, and it is wrong.",
    "key-unsuitable":
      "The key of the certificate that arrived is not of the kind that was chosen for signing.",
    "certificate-revoked": "The authority's evidence says that this certificate had been revoked already.",
    "login-denied": "Signing ended before it was complete.",
    "login-cookie-missing":
      "This browser does not hold what was stored when the signing began. That happens when you come back to another browser, or open an earlier result later.",
    "login-expired":
      "More than ten minutes have passed since the signing began, so it was ended for your safety.",
    "login-cookie-invalid": "What was stored when the signing began could not be read.",
    "state-mismatch": "It could not be confirmed that this signing began in this browser.",
    "scope-not-granted": "The permission that signing takes was not given.",
    "authorization-refused": "The service did not accept this signing.",
    "nonce-mismatch": "The ID token was not issued for this signing.",
    "return-address-refused": "The address to return to after signing is not one of this site.",
    "cross-site-request-refused":
      "It could not be confirmed that the request came from a page of this site. This request had no effect.",
    "algorithm-not-allowed": "The way the data is encrypted or signed is not one that this site accepts.",
    "algorithm-unsupported": "This site does not support the way the data is encrypted or signed.",
    "critical-header-unsupported": "The data asks for an extension that this site cannot handle.",
    "decryption-key-invalid": misconfigured,
  },
  verification: {
    "signature-mismatch":
      "The signature was not made by the certificate's key. The signature, the hash or the certificate was changed.",
    "document-unreadable":
      "The file could not be read to its end. It may have been moved or changed meanwhile.",
    "webassembly-unavailable": "This browser has no WebAssembly.",
    "wasm-unreachable": "The verifier could not be loaded from this site.",
    "options-invalid": misconfigured,
    "internal-error": "Something unexpected happened. Nothing was verified.",
    "json-malformed": "The package is not strict JSON.",
    "json-duplicate-member": "The package names the same thing twice, so that its meaning is not certain.",
    "algorithm-unsupported": "This site does not support the way it is signed.",
    "key-unsuitable": "The certificate's key cannot be used for this kind of signature.",
    "key-malformed": "The public key in the certificate is not of the right form.",
    "key-size-unsupported": "The certificate's key is of a size that is not considered safe.",
  },
};
