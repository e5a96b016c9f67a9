import type { VerificationTexts } from "../verification-texts.ts";

export const verification: VerificationTexts = {
  title: "Verify a signature",
  description: "Verifies a signed package and its document in the browser only.",
  lead: "Choose a signed package and the document that was signed. This browser checks the signature, the certificate and its revocation status.",
  private:
    "Neither file is sent anywhere. The verifier is loaded together with this page. When the page is open, you can disconnect the network and still verify.",
  needsScript:
    "Verification runs in your browser. To use this page, please allow JavaScript in this browser.",
  notSetUp: {
    title: "Verification is not set up on this site",
    text: "To verify, a site needs the certificates of the CAs that it trusts. They are not configured on this site.",
  },
  package: { title: "Signed package", hint: "The JSON file that was downloaded after signing" },
  document: { title: "Signed document", hint: "The original file, identical in every byte" },
  choose: "Choose a file",
  drop: "Or drop it here",
  another: "Choose another file",
  advanced: {
    title: "Advanced",
    date: "Verify as of this day",
    dateHint: "Try a verification in some years. The verification time is the end of that day in Japan.",
    optional: "Continue if revocation cannot be checked",
    optionalHint:
      "Checks the signature and the certificate of a package without revocation evidence. The certificate may be revoked.",
  },
  button: "Verify",
  cancel: "Stop",
  progress: "Reading progress",
  working: (percent) => `Reading the document: ${percent}% done.`,
  cancelled: "Stopped.",
  several: "You can choose one file here. Choose one file only.",
  missing: {
    package: "Choose the signed package.",
    document: "Choose the signed document.",
    date: "The date is not valid.",
  },

  verdict: {
    title: (time) => `The signature is valid, and the certificate was valid as of ${time}`,
    lead: "The document is the one that was signed, and the signer's certificate was valid and not revoked at that time.",
    titleNotChecked: "The signature matches the document, but revocation was not checked",
    leadNotChecked:
      "The document is the one that was signed, and the certificate was issued by a trusted CA. Its revocation status is unknown.",
    timeTitle: "Source of this time",
    times: {
      evidence:
        "The time when the CA created the revocation evidence in the package. It is not the time of signing, and not a trusted timestamp: no third party proves that the signature existed at that time.",
      caller:
        "The package does not determine a time, so this is the clock used for verification. It is not the time of signing.",
      timestamp:
        "The time of the trusted timestamp in the package. It proves that the signature existed at that time.",
    },
    timestamps: {
      "not-enclosed": "No timestamp is enclosed.",
      "not-checked":
        "A timestamp is enclosed, but it was not checked: no timestamping authority is configured on this site.",
    },
    timestampBy: (authority) => `Timestamping authority: ${authority}`,
    refused: "This signature cannot be accepted",
    notVerified: "Not verified (the signature may be valid)",
  },
  claims: {
    title: "Statements of the creator",
    hint: "Statements of the site that created the package. The signature does not cover them, and nobody guarantees them.",
    createdAt: "Created at",
    cards: "Type of card",
    profile: "Kind of certificate",
    transaction: "Signature transaction",
    none: "None",
  },
};
