// The texts of a signature's pages in English.
import type { SigningTexts } from "../page-text.js";

const contact = "If this keeps happening, please give the operator of this site the error code below.";

/** Texts for a user who signs. */
export const signing: SigningTexts = {
  "signing-denied": {
    title: "The document has not been signed",
    what: "Signing ended before it was complete. The document has not been signed.",
    todo: [
      "If you cancelled, close this page, or start again by choosing the document.",
      "This page may also appear if a PIN is locked after too many wrong attempts. The municipal office where you are registered can unlock it and reset it.",
    ],
    resume: [
      "To sign the same document, choose “Resume” below. If you do not want to sign it, you can close this page.",
      "This page may also appear if a PIN is locked after too many wrong attempts. The municipal office where you are registered can unlock it and reset it.",
    ],
  },
  "start-refused": {
    title: "Signing could not start",
    what: "You are not allowed to start a signature on this site. You may have to log in first, or your login may have expired.",
    todo: ["Log in, then start again by choosing the document.", contact],
  },
  "too-many": {
    title: "Please wait a while",
    what: "Too many signatures were started within a short time, so this site cannot accept a new one now.",
    todo: ["Please wait about ten minutes, then start again by choosing the document.", contact],
  },
  "pin-locked": {
    title: "Your signing PIN is locked",
    what: "The PIN of your signing certificate (6 to 16 letters and digits) was wrong too many times, so it is locked. The document has not been signed.",
    todo: [
      "The municipal office where you are registered can unlock it and reset it.",
      "If you know the four-digit PIN of your user authentication certificate, you can also book a reset with J-LIS’s smartphone app and complete it at a multi-function copier in a convenience store.",
      "After the reset, start again by choosing the document.",
    ],
  },
  "transaction-expired": {
    title: "The signature took too long",
    what: "Too much time has passed since signing began, so it can no longer be completed. This site received no signature.",
    todo: ["Please start again by choosing the document."],
  },
  "transaction-used": {
    title: "This signature was already collected",
    what: "The result of a signature can be collected only once, and this result was already collected.",
    todo: [
      "If the signature was completed in another window, you can close this page.",
      "If you cannot find it there, please start again by choosing the document.",
    ],
    resume: [
      "If the signature was completed in another window, you can close this page.",
      "If you cannot find it there, wait a moment, then choose “Resume” below. If another window has collected the result and stored it, you can continue from there.",
      "If this page appears again, please start again by choosing the document.",
    ],
  },
  "other-user": {
    title: "Someone else’s card was used",
    what: "The person who signed is not the person who returned to this site. For your safety, the signature was discarded without being used.",
    todo: [
      "Start again by choosing the document, and use only your own My Number Card from start to end.",
      contact,
    ],
  },
  "result-pending": {
    title: "The result is not available yet",
    what: "The result of your signature has not arrived from the Digital Authentication Service yet. Nothing is lost.",
    todo: ["Please wait a while, then start again by choosing the document."],
    resume: ["Wait a moment, then choose “Resume” below. You do not have to sign again."],
  },
  revoked: {
    title: "This certificate cannot be used to sign",
    what: "The signing certificate on your card has been revoked, so the signature was not accepted. This also happens when your name or address changes, for example when you move or marry.",
    todo: [
      "Apply for a new signing certificate at your municipal office.",
      "Once you have it, start again by choosing the document.",
    ],
  },
  "unknown-policy": {
    title: "This kind of certificate is not supported",
    what: "The certificate that was used to sign is not of a kind that this site accepts, so the signature was not accepted.",
    todo: [
      "Start again by choosing the document, and use the signing certificate of a My Number Card.",
      contact,
    ],
  },
  evidence: {
    title: "The certificate’s status could not be checked",
    what: "The revocation status of the certificate that was used to sign could not be checked now. The signature cannot be accepted until it is known.",
    todo: ["Please wait a while, then start again by choosing the document.", contact],
    resume: ["Please wait a while, then choose “Resume” below. You do not have to sign again.", contact],
  },
  document: {
    title: "The document could not be accepted",
    what: "The data of the document to sign was missing or did not have the right form. Signing has not started.",
    todo: [
      "Go back to the previous page, reload it and choose the document again.",
      "If the file’s name is longer than 255 characters or contains invisible characters, rename it and choose it again.",
      contact,
    ],
  },
  "nothing-to-resume": {
    title: "There is no signature to resume",
    what: "This browser has no unfinished signature. It may already be complete, or cancelled because too much time has passed.",
    todo: [
      "If the signature is complete, you can close this page.",
      "To sign, start again by choosing the document. You can resume a signature only in the browser in which you started it.",
    ],
  },
  "cookie-missing": {
    title: "Signing could not continue",
    what: "This browser does not have the data that was stored when signing started. This happens, for example, when you return to a browser other than the one you started in.",
    todo: [
      "A signature cannot be completed in a page opened inside another app, such as a social network or mail app (an in-app browser). Open this site in your phone's default browser, such as Safari or Chrome, and choose the document there.",
      "In a private or incognito window, the stored information is lost on the way back from the app. Use a normal window.",
      "If you block cookies, allow them for this site.",
      "If the signature is already complete, you can close this page.",
    ],
    resume: [
      "This page also appears when you reload a page. Your unfinished signature is not lost: choose “Resume” below.",
      "If the signature is already complete, you can close this page.",
    ],
  },
  expired: {
    title: "Signing took too long",
    what: "More than ten minutes have passed since signing started, so it was stopped for your safety.",
    todo: ["Please start again by choosing the document."],
  },
  "start-again": {
    title: "Please sign again",
    what: "This site could not confirm that the signature was started in this browser, so it was stopped for your safety.",
    todo: ["Please start again by choosing the document.", contact],
  },
  "return-address": {
    title: "You cannot sign from this page",
    what: "The address to return to after signing is outside this site. Signing has not started.",
    todo: ["Go to the page of the document from the top page.", contact],
  },
  "not-allowed": {
    title: "This address cannot be used this way",
    what: "This address is used only during signing. You cannot open it directly or send data to it.",
    todo: ["Use the buttons on the pages of this site."],
  },
  "cross-site": {
    title: "The request was not accepted",
    what: "This site could not confirm that the request came from one of its own pages, so it was refused for your safety. The request had no effect.",
    todo: ["To sign, choose the document on a page of this site."],
  },
  "not-granted": {
    title: "Consent to sign was not given",
    what: "You did not give the consent that signing requires. The document has not been signed.",
    todo: ["To sign, start again by choosing the document, and consent in the app.", contact],
  },
  refused: {
    title: "The signature was not accepted",
    what: "The Digital Authentication Service did not accept this signature, so it was not completed.",
    todo: ["Please start again by choosing the document.", contact],
    resume: [
      "Try again with “Resume” below. If that does not help, start again by choosing the document.",
      contact,
    ],
  },
  unverified: {
    title: "The signature could not be verified",
    what: "The result of signing could not be verified. For your safety, it was not accepted.",
    todo: ["Please start again by choosing the document.", contact],
    resume: [
      "Try again with “Resume” below. If that does not help, start again by choosing the document.",
      contact,
    ],
  },
  "not-navigated": {
    title: "This address cannot be used this way",
    what: "Open this address with a link or a button. It cannot be embedded in a page or prefetched. The request had no effect.",
    todo: ["To sign, use the buttons on the site's pages."],
  },
  "other-host": {
    title: "Signing could not continue",
    what: "Signing started at one address (host name) of this site and returned to another. The stored data is available only at the first address.",
    todo: ["Start again by choosing the document, at the address that is open now.", contact],
  },
  lapsed: {
    title: "Please sign again",
    what: "The procedure at the Digital Authentication Service is no longer valid, for example because too much time has passed. The document has not been signed.",
    todo: ["Please start again by choosing the document."],
    resume: ["Choose “Resume” below, and try again."],
  },
  spent: {
    title: "This step has already been processed",
    what: "This page appears when the page is reloaded, or when the same procedure is open in another tab. The signature may already be complete.",
    todo: [
      "If the signature was completed in another window, you can close this page.",
      "If you cannot find it there, please start again by choosing the document.",
    ],
    resume: [
      "If the signature was completed in another window, you can close this page.",
      "If you cannot find it there, choose “Resume” below.",
    ],
  },
  unreachable: {
    title: "The authentication service could not be reached",
    what: "The Digital Authentication Service did not respond, so signing could not continue.",
    todo: ["Please wait a while, then start again by choosing the document.", contact],
  },
  busy: {
    title: "The authentication service is not available now",
    what: "The Digital Authentication Service reported that it cannot accept requests now, so signing could not continue. It may be busy or under maintenance.",
    todo: ["Please wait a while, then start again by choosing the document."],
  },
  unintelligible: {
    title: "Signing could not continue",
    what: "This site could not process the response of the Digital Authentication Service. You did not cause the problem.",
    todo: ["Please wait a while, then start again by choosing the document.", contact],
  },
  "site-busy": {
    title: "This site is busy",
    what: "This site cannot accept signatures now, or has a temporary problem. You did not cause the problem.",
    todo: ["Please wait a while, then start again by choosing the document.", contact],
  },
};
