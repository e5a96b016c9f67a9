// The texts of handoffs in English: of their own errors, and of a login's errors on the phone.
import type { HandoffTexts, PageText } from "../page-text.js";

const contact = "If this keeps happening, please give the operator of this site the error code below.";
const again = "To log in, return to your computer and start again by showing a QR code.";
const later = "Please wait a while, then return to your computer and start again by showing a QR code.";

const notAccepted: PageText = {
  title: "The request was not accepted",
  what: "This site could not confirm that the request came from a button or a link on one of its own pages, so it was refused for your safety.",
  todo: ["Use the buttons on the pages of this site.", again],
};

const noCookie: PageText = {
  title: "The procedure could not continue",
  what: "This browser does not have the data that was stored when the procedure started. This happens, for example, when you return to a browser other than the one in which you opened the QR code.",
  todo: [
    "The procedure cannot be completed in a page opened inside another app (an in-app browser), or in a private or incognito window. Scan the QR code with your phone's camera, and open it in your phone's default browser, such as Safari or Chrome.",
    "If you block cookies, allow them for this site.",
    again,
  ],
};

export const handoff: HandoffTexts = {
  "handoff-gone": {
    title: "This QR code cannot be used",
    what: "The QR code has expired or was used before, or the procedure has ended.",
    todo: [again],
  },
  "handoff-stopped": {
    title: "The login was cancelled",
    what: "The login on the computer was cancelled before it was complete. If the computer shows a new QR code, the procedure of the earlier one is cancelled too.",
    todo: ["If you cancelled, you can close this page.", again],
  },
  "handoff-number": {
    title: "The number did not match",
    what: "The number that was typed on the computer is not the one on the phone. For your safety, the procedure ends after a limited number of attempts.",
    todo: [
      "If you did not type the number yourself, somebody else may have tried to log in. Close this page.",
      again,
    ],
  },
  "handoff-elsewhere": {
    title: "You cannot continue in this browser",
    what: "The procedure of this QR code belongs to another browser.",
    todo: ["Continue in the browser in which you started.", again],
  },
  "handoff-step": {
    title: "This step is not possible now",
    what: "The steps are out of order, or this QR code was scanned already.",
    todo: [
      "If it was scanned already, but not by you, somebody else may have scanned it. Do not continue, and show a new QR code on your computer.",
      again,
    ],
  },
  "handoff-malformed": {
    title: "The request was not accepted",
    what: "The data that was sent is not valid, so it was refused.",
    todo: [again, contact],
  },
  "handoff-many": {
    title: "Please wait a while",
    what: "Too many QR codes were shown within a short time, so no new procedure was started.",
    todo: [later],
  },
  denied: {
    title: "The identity check is not complete",
    what: "The identity check ended before it was complete, so you are not logged in on the computer. This site did not receive your name or other information.",
    todo: [
      again,
      "This page also appears if your four-digit PIN is locked after too many wrong attempts. The municipal office where you are registered can unlock it and reset it.",
    ],
  },
  "not-granted": {
    title: "A required item was not provided",
    what: "You did not consent to an item that this site requires, so the login on the computer was not completed.",
    todo: [again, "When you start again, consent to providing the items."],
  },
  lapsed: {
    title: "Please start again",
    what: "The procedure at the Digital Authentication Service is no longer valid, for example because too much time has passed. You are not logged in on the computer.",
    todo: [again],
  },
  refused: {
    title: "The identity check was not accepted",
    what: "The Digital Authentication Service did not accept this procedure, so the login on the computer was not completed.",
    todo: [again, contact],
  },
  unverified: {
    title: "The result could not be verified",
    what: "The result from the Digital Authentication Service could not be verified, so the procedure was stopped for your safety.",
    todo: [again, contact],
  },
  unreachable: {
    title: "The authentication service could not be reached",
    what: "The Digital Authentication Service did not respond, so the login on the computer was not completed.",
    todo: [later, contact],
  },
  busy: {
    title: "The authentication service is not available now",
    what: "The Digital Authentication Service reported that it cannot accept logins now, so the login on the computer was not completed. It may be busy or under maintenance.",
    todo: [later],
  },
  unintelligible: {
    title: "The procedure could not be completed",
    what: "This site could not process the response of the Digital Authentication Service. You did not cause the problem.",
    todo: [later, contact],
  },
  "site-busy": {
    title: "This site is busy",
    what: "This site cannot accept the procedure now, or has a temporary problem. You did not cause the problem.",
    todo: [later, contact],
  },
  site: {
    title: "Something went wrong on this site",
    what: "A problem on this site prevented it from completing the request. You did not cause the problem.",
    todo: [later, contact],
  },
  "cookie-missing": noCookie,
  "other-host": noCookie,
  "start-again": {
    title: "Please start again",
    what: "This site could not confirm that the procedure started in this browser, so it was stopped for your safety.",
    todo: [again, contact],
  },
  expired: {
    title: "The procedure took too long",
    what: "More than ten minutes have passed since you continued to the identity check, so it was cancelled for your safety.",
    todo: [again],
  },
  spent: {
    title: "This procedure has already been processed",
    what: "This page appears when the page is reloaded, or when the same procedure is open in another tab.",
    todo: ["Return to the computer, and check whether you are logged in there.", again],
  },
  "not-navigated": notAccepted,
  "not-allowed": notAccepted,
  "cross-site": notAccepted,
};
