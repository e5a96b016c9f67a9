import type { Texts } from "./texts.js";

const again = "Please start again from the beginning.";

export const en: Texts = {
  login: "Verify with My Number Card",
  sign: "Sign with My Number Card",
  leaving: "Opening the service…",
  privateWindow: "This cannot be completed in a private or incognito window. Use an ordinary window.",
  here: "Continue on this device",
  byPhone: "Scan with a phone",

  starting: "Preparing the QR code",
  looking: "Checking how far you have come",
  waiting: {
    title: "Scan the QR code",
    text: "Scan this QR code with the camera of your phone.",
  },
  steps: [
    "On this page, enter the 6-digit number that the phone shows.",
    "Identify yourself in the app on your phone.",
    "This page then continues automatically.",
  ],
  qr: "QR code of the page to open on the phone",
  left: (minutes, seconds) => `${minutes}:${String(seconds).padStart(2, "0")} left`,
  scanned: {
    title: "Enter the number",
    text: "Enter the 6-digit number that the phone shows.",
  },
  numberLabel: "6-digit number",
  numberHint: "This is not a PIN. Do not enter a PIN here.",
  next: "Next",
  sending: "Checking the number",
  malformed: "Enter 6 digits.",
  wrong: (left) =>
    `The number is wrong.${left === undefined ? "" : left === 1 ? " 1 attempt is left." : ` ${left} attempts are left.`}`,
  unreachable: "The number could not be sent. Press “Next” again.",
  numbered: {
    title: "Continue on your phone",
    text: "The number is correct. Follow the instructions on your phone, and open the app.",
  },
  authorizing: {
    title: "Identify yourself in the app",
    text: "Hold your My Number Card to the phone. This page continues automatically when you finish.",
  },
  done: {
    title: "You have identified yourself",
    text: "If this page does not continue automatically, press the button below.",
  },
  goOn: "Continue",
  ends: {
    claimed: {
      title: "This has already been processed",
      text: "If you have finished in another window, you can close this page. Otherwise, please start again from the beginning.",
    },
    lapsed: {
      title: "The QR code has expired",
      text: "To continue, renew the QR code and scan it again.",
    },
    cancelled: {
      title: "You cancelled",
      text: "This site has not received your name or any other information.",
    },
    refused: {
      title: "Your identity could not be confirmed",
      text: `It was cancelled on the phone, or not accepted. ${again}`,
    },
    failed: {
      title: "Your identity could not be confirmed",
      text: `A problem occurred on the way. ${again}`,
    },
  },
  notStarted: {
    title: "The QR code could not be shown",
    text: "Check your connection, and try again.",
  },
  triesExhausted: `The number was wrong too often, so this procedure has ended. ${again}`,
  renew: "Renew the QR code",
  again: "Start again",
  cancel: "Cancel",
  contact: "If this keeps happening, please give the operator of this site the error code below.",
  code: (code) => `Error code: ${code}`,
  trouble: {
    network: "There is no connection. This page continues as soon as you are online.",
    service: "The site does not respond as it should. This page is trying again.",
    over: "The connection works again.",
  },

  stay: "Continue here anyway",
  documentMissing: "First choose the document to sign.",
};
