// The texts of the phone's pages in English.
import type { HandoffText } from "./text.js";

export const text: HandoffText = {
  site: "Site to log in to",
  operator: "Operator",
  cancel: "Cancel",
  scan: {
    title: "Use this phone to log in on your computer",
    what: "If you prove your identity with this phone, the computer that shows the QR code will be logged in to this site as you.",
    steps: [
      "Press the button below. A 6-digit number appears.",
      "Type the number on the computer that shows the QR code.",
      "On this phone, go to the Digital Authentication Service and prove your identity with your My Number Card.",
      "Return to the computer. The login is completed there.",
    ],
    warning: [
      "Continue only if you scanned a QR code that you see on your own computer right now.",
      "Check that the address bar of the computer shows the address of the site above. If it does not, the site is fake: do not type the number there.",
      "If the QR code or link came in an email or a message, or if somebody else showed it to you, do not continue. Close this page. Otherwise, somebody else may be logged in as you.",
    ],
    button: "Show the number",
    privateWindow: "This cannot be completed in a private or incognito window. Use an ordinary window.",
  },
  inApp: {
    title: "Open this page in your usual browser",
    what: (app) =>
      `You cannot prove your identity in the browser inside ${app}. After you hold the card, your phone returns to your usual browser, such as Safari or Chrome.`,
    unknownApp: "an app",
    open: "Open in the browser",
    camera:
      "If you cannot open it, close this page, and scan the QR code again with the camera of your phone. The QR code is still valid.",
  },
  number: {
    title: "Type this number on the computer",
    what: "Type this 6-digit number on the computer that shows the QR code.",
    warning:
      "Type the number on your own computer only. Do not tell it to anybody by phone or message. If somebody asks you for the number, press “Cancel”.",
    waiting: "When the number has been typed, this page changes by itself.",
  },
  go: {
    title: "Continue to the identity check",
    what: "The number was typed on the computer. Press the button below to go to the Digital Authentication Service, and prove your identity with your My Number Card.",
    warning: "If you did not type the number yourself, do not continue. Press “Cancel”.",
    link: "Continue to the identity check",
  },
  done: {
    title: "Return to your computer",
    what: "The identity check on this phone is complete. Return to the computer to complete the login there.",
    close: "You are not logged in to the site on this phone. You can close this page.",
  },
};
