import type { VerificationTexts } from "../verification-texts.ts";

export const verification: VerificationTexts = {
  title: "Verify a signature",
  description: "Verifies a signed package and its document in the browser alone.",
  lead: "Choose a signed package and the document that was signed: this browser checks the signature, the certificate and its revocation.",
  private:
    "Neither file is sent anywhere. The verifier comes along with this page: once it is open, you may disconnect the network and verify all the same.",
  needsScript:
    "Verification happens in your browser. To use this page, please allow JavaScript in this browser.",
  notSetUp: {
    title: "Verification is not set up on this site",
    text: "To verify, a site needs the certificates of the authorities it trusts. This one has not been given them.",
  },
  package: { title: "Signed package", hint: "The JSON file that was downloaded after signing" },
  document: { title: "Signed document", hint: "The original file, the same to the last byte" },
  choose: "Choose a file",
  drop: "Or drop it here",
  another: "Choose another file",
  advanced: {
    title: "Advanced",
    date: "Verify as if it were this day",
    dateHint: "See what happens years later. The clock is set to the end of that day in Japan.",
    optional: "Go on where revocation cannot be checked",
    optionalHint:
      "Checks signature and certificate of a package without evidence of revocation. The certificate may have been revoked all the same.",
  },
  button: "Verify",
  cancel: "Stop",
  progress: "Progress of reading the document",
  working: (percent) => `Reading the document: ${percent}% done.`,
  cancelled: "Stopped.",
  several: "One file goes here. Choose just one.",
  missing: {
    package: "Choose the signed package.",
    document: "Choose the signed document.",
    date: "This is not a date.",
  },

  verdict: {
    title: (time) => `The signature is right, and its certificate was good as of ${time}`,
    lead: "The document is the one that was signed, and the signer's certificate was valid and not revoked at that time.",
    titleNotChecked: "The signature fits the document; revocation was not checked",
    leadNotChecked:
      "The document is the one that was signed, and the certificate was issued by a trusted authority. Whether it had been revoked is not known.",
    timeTitle: "What this time rests on",
    times: {
      evidence:
        "It is when the authority made the evidence of revocation in the package. It is not the time of signing, and it is not a trusted timestamp: nobody vouches that the signature was there by then.",
      caller:
        "The package does not settle it, so it is the clock that you verified with. It is not the time of signing.",
      timestamp: "A trusted timestamp in the package proves it: the signature was there by then.",
    },
    timestamps: {
      "not-enclosed": "No timestamp is enclosed.",
      "not-checked":
        "A timestamp is enclosed, but it was not checked: this site has no time-stamping authority on record.",
    },
    timestampBy: (authority) => `Time-stamping authority: ${authority}`,
    refused: "This signature cannot be accepted",
    notVerified: "Nothing was verified; the signature may be good",
  },
  claims: {
    title: "What the maker says",
    hint: "The site that made the package says so. The signature does not cover it, and nobody vouches for it.",
    createdAt: "Made at",
    environment: "Environment",
    profile: "Kind of certificate",
    transaction: "Signature transaction",
    none: "None",
  },
};
