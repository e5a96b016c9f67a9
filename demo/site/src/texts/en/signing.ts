import type { SigningTexts } from "../signing-texts.ts";

const hashed = {
  title: "The hash is computed",
  text: "Your browser computes the hash of the file. The file itself is not sent anywhere.",
};
const app = {
  title: "Sign in the app",
  text: "Enter the signing PIN (6 to 16 letters and digits) in the app and hold the card to the phone.",
};
const emulatedApp = {
  title: "Sign in the app (emulated)",
  text: "The PIN and the card are simulated on the screen. You choose the card of a fictional person.",
};
const checked = {
  title: "The signature is verified",
  text: "This site receives the signature and the certificate encrypted, decrypts them, and checks the signature, the certificate and its revocation.",
};
const handed = {
  title: "Download the signed package",
  text: "Download the signature as one file. It can be verified later.",
};

export const signing: SigningTexts = {
  title: "Sign with your My Number Card",
  description: "A sample site to sign a document with a My Number Card and to verify the signature.",
  lead: {
    emulator:
      "Sign your own file or a sample document with a My Number Card. This site connects to an emulator of the service and the app, so you can try all of it without a card.",
    sandbox: "Sign your own file or a sample document with a test card.",
    production:
      "Sign your own file or a sample document with the signing certificate of your My Number Card.",
  },
  notSetUp: {
    title: "Signing is not set up on this site",
    text: "To receive and verify a signature, a site needs a key to decrypt the result, and the certificates of the CAs that it trusts. They are not configured on this site.",
  },
  button: "Sign with My Number Card",
  leaving: "Opening the service…",

  file: {
    title: "The file to sign",
    choose: "Choose a file",
    drop: "Or drop a file here. Any type is possible.",
    another: "Choose another file",
    needsScript:
      "To sign your own file, allow JavaScript in this browser. The browser then computes the hash, so the file is not sent anywhere. You can sign the sample document without JavaScript.",
    stays: "The file never leaves this browser. Only its hash, name, type and size are sent to this site.",
    progress: "Progress of the computation",
    cancel: "Stop",
    working: (percent) => `Computing the hash: ${percent}% done.`,
    done: "The hash is computed. You can sign now.",
    cancelled: "Stopped.",
    several: "You can sign one file at a time. Choose one file only.",
    missing: {
      file: "Choose a file first.",
      hash: "Please wait until the hash is computed.",
      cancelled: "You stopped the computation. Choose a file again.",
      refused: "This file cannot be signed. Choose a file again.",
    },
  },
  sample: {
    title: "Try it with a sample",
    text: "Sign a PDF that this site provides. The site computes its hash.",
    view: "View the sample document (PDF)",
    hashHint: "Write it down before you sign, so that you can compare it with the hash that the app shows.",
    button: "Sign the sample document",
  },
  advanced: {
    title: "Advanced",
    legend: "Input to the card, and type of card",
    hint: "If you are not sure, leave this as it is.",
    methods: {
      "digest-info": {
        title: "DigestInfo (standard)",
        text: "The card receives the hash together with the name of its algorithm. The result is a signature as defined in RFC 8017.",
      },
      bare: {
        title: "Bare hash",
        text: "The card receives only the 32 bytes of the hash. The signature does not have the standard form, and you must say so when you verify it.",
      },
      "p384-digest-info": {
        title: "Next-generation card, DigestInfo",
        text: "Signature with a P-384 key (ECDSA, SHA-384). The method is not published yet; this is an assumption of the demo.",
      },
      "p384-bare": {
        title: "Next-generation card, bare hash",
        text: "Also P-384, with only the 48 bytes of the hash.",
      },
    },
  },
  stepsTitle: "What happens next",
  steps: {
    emulator: [hashed, emulatedApp, checked, handed],
    sandbox: [hashed, app, checked, handed],
    production: [hashed, app, checked, handed],
  },

  result: {
    title: "Your signature is complete",
    lead: "The signature was verified: it matches the hash of the document, and the certificate is valid and not revoked. All checks are listed below.",
    leadNotChecked:
      "The signature was verified: it matches the hash of the document, and the certificate was issued by a CA that this site trusts. The revocation status of the certificate was not checked.",
    packageTitle: "The signed package",
    packageText: [
      "One JSON file with the signature, the signer's certificate, the revocation evidence at the time of verification, and the record of the checks. Keep it together with the document. Even after the certificate expires, the package can prove that the certificate was valid at the time of the evidence.",
      "It does not contain the document itself.",
    ],
    packagePersonal:
      "It contains the signer's certificate, which shows the name, address, date of birth and gender. Be careful to whom you give it.",
    download: "Download the package",
    toVerify: "Go to verification",
    loginChecksTitle: "Checks of the login after signing",
    kept: "This result is erased ten minutes after signing, or when you press “Erase now”. The access token and the ID token were not stored.",
    erase: "Erase now",
    again: "Sign another document",
  },
  noResult: {
    none: {
      title: "No signature yet",
      text: "After you sign a document, this page shows every check and the signed package.",
    },
    forgotten: {
      title: "The result of signing has been erased",
      text: "This site keeps a result for ten minutes only. To see it again, sign again.",
    },
  },
  toSign: "Go to signing",
};
