import type { SigningTexts } from "../signing-texts.ts";

const hashed = {
  title: "The hash is computed",
  text: "Your browser computes the hash of the file. The file itself goes nowhere.",
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
  title: "Take the package with you",
  text: "Download the signature as one file, to be verified later.",
};

export const signing: SigningTexts = {
  title: "Sign with your My Number Card",
  description: "A sample site where a document is signed with a My Number Card, and the signature verified.",
  lead: {
    emulator:
      "Sign a file of yours, or a sample document, with a My Number Card. The site connects to an emulator of the service and the app, so you can try all of it without a card.",
    sandbox: "Sign a file of yours, or a sample document, with a test card.",
    production:
      "Sign a file of yours, or a sample document, with the signing certificate of your My Number Card.",
  },
  notSetUp: {
    title: "Signing is not set up on this site",
    text: "To receive a signature and verify it, a site needs a key that opens the result, and the certificates of the authorities it trusts. This one has not been given them.",
  },
  button: "Sign with My Number Card",
  leaving: "Taking you there…",

  file: {
    title: "The file to sign",
    choose: "Choose a file",
    drop: "Or drop one here. Any kind will do.",
    another: "Choose another file",
    needsScript:
      "To sign a file of yours, allow JavaScript in this browser: it computes the file's hash here, so that the file need not be sent anywhere. The sample document can be signed as it is.",
    stays:
      "The file never leaves this browser. All that is sent to this site is its hash, and its name, type and size.",
    progress: "Progress of the hash",
    cancel: "Stop",
    working: (percent) => `Computing the hash: ${percent}% done.`,
    done: "The hash is ready. You can go on to sign.",
    cancelled: "Stopped.",
    several: "One file is signed at a time. Choose just one.",
    missing: {
      file: "Choose a file first.",
      hash: "Please wait until the hash is ready.",
      cancelled: "You stopped the hash, so there is nothing to sign. Choose a file again.",
      refused: "This file cannot be signed as it is. Choose a file again.",
    },
  },
  sample: {
    title: "Try it with a sample",
    text: "Sign a PDF that this site offers. The site computes its hash.",
    view: "View the sample document (PDF)",
    hashHint: "Note it before you sign, and you can compare it with the hash that the app shows.",
    button: "Sign the sample document",
  },
  advanced: {
    title: "Advanced",
    legend: "What the card is handed, and which card",
    hint: "If the difference means nothing to you, leave this as it is.",
    methods: {
      "digest-info": {
        title: "DigestInfo (standard)",
        text: "The hash goes with the name of its algorithm. The result is a signature as RFC 8017 has it.",
      },
      bare: {
        title: "Bare hash",
        text: "Just the 32 bytes of the hash. The signature is not of the standard form, and a verifier has to be told so.",
      },
      "p384-digest-info": {
        title: "Next card, DigestInfo",
        text: "A P-384 key signs (ECDSA, SHA-384). Nothing is published yet: this is what the demo assumes.",
      },
      "p384-bare": {
        title: "Next card, bare hash",
        text: "P-384 as well, with just the 48 bytes of the hash.",
      },
    },
  },
  stepsTitle: "What will happen",
  steps: {
    emulator: [hashed, emulatedApp, checked, handed],
    sandbox: [hashed, app, checked, handed],
    production: [hashed, app, checked, handed],
  },

  result: {
    title: "Your signature is complete",
    lead: "It was verified: it belongs to the document's hash, and the certificate behind it is valid and not revoked. Everything that was checked is shown below.",
    leadNotChecked:
      "It was verified: it belongs to the document's hash, and the certificate behind it was issued by an authority that this site trusts. Whether the certificate has been revoked was not checked.",
    packageTitle: "The signed package",
    packageText: [
      "One JSON file with the signature, the signer's certificate, the evidence of revocation at the time of verification, and the record of the checks. Keep it with the document: even after the certificate has expired, it proves that it was good at the time of that evidence.",
      "The document itself is not in it.",
    ],
    packagePersonal:
      "It holds the signer's certificate, from which the name, address, date of birth and gender can be read. Mind whom you give it to.",
    download: "Download the package",
    toVerify: "Go to verification",
    loginChecksTitle: "Checks of who came back with the signature",
    kept: "This result is erased ten minutes after the signing, or when you press “Erase now”. The access token and the ID token were not stored.",
    erase: "Erase now",
    again: "Sign another document",
  },
  noResult: {
    none: {
      title: "No signature yet",
      text: "Once you have signed a document, every check and the signed package appear here.",
    },
    forgotten: {
      title: "The result of the signing has been erased",
      text: "This site keeps a result for ten minutes only. To see one again, sign anew.",
    },
  },
  toSign: "Go to signing",
};
