// The texts of a login's pages in English.
import type { CommonText, LoginTexts } from "../page-text.js";

const contact = "If this keeps happening, please give the operator of this site the error code below.";

/** Texts that all pages share. */
export const common: CommonText = {
  again: "Log in again",
  logIn: "Log in",
  goOn: "Continue to the site",
  resume: "Resume",
  canResume: "Please wait a while, then choose “Resume” below. You do not have to choose the document again.",
  top: "Go to the top page",
  code: "Error code",
};

/** Texts of a login, and those that do not depend on what the user was doing. */
export const login: LoginTexts = {
  denied: {
    title: "You are not logged in",
    what: "The identity check ended before it was complete, so you are not logged in. This site did not receive your name or other information.",
    todo: [
      "If you cancelled, close this page, or start again from the beginning.",
      "This page also appears if your four-digit PIN is locked after too many wrong attempts. The municipal office where you are registered can unlock it and reset it.",
    ],
  },
  "not-navigated": {
    title: "This address cannot be used this way",
    what: "Open this address with a link or a button. It cannot be embedded in a page or prefetched. The request had no effect.",
    todo: ["Log in with the button below."],
  },
  "other-host": {
    title: "The login could not continue",
    what: "The login started at one address (host name) of this site and returned to another. The stored data is available only at the first address.",
    todo: ["Log in again with the button below, at the address that is open now.", contact],
  },
  lapsed: {
    title: "Please log in again",
    what: "The procedure at the Digital Authentication Service is no longer valid, for example because too much time has passed. You are not logged in.",
    todo: ["Please start again from the beginning."],
  },
  spent: {
    title: "This login has already been processed",
    what: "This page appears when the page is reloaded, or when the same login is open in another tab. You may already be logged in.",
    todo: [
      "First open the page of the site, and check whether you are logged in.",
      "If you are not, start again from the beginning.",
    ],
  },
  "cookie-missing": {
    title: "The login could not continue",
    what: "This browser does not have the data that was stored when the login started. This happens, for example, when you return to a browser other than the one you started in.",
    todo: [
      "A login cannot be completed in a page opened inside another app, such as a social network or mail app (an in-app browser). Open this site in your phone's default browser, such as Safari or Chrome, and log in there.",
      "In a private or incognito window, the stored information is lost on the way back from the app. Use a normal window.",
      "If you block cookies, allow them for this site.",
      "If you are already logged in, you can close this page.",
    ],
  },
  expired: {
    title: "The login took too long",
    what: "More than ten minutes have passed since the login started, so it was cancelled for your safety.",
    todo: ["Please start again from the beginning."],
  },
  "start-again": {
    title: "Please log in again",
    what: "This site could not confirm that the login started in this browser, so it was stopped for your safety.",
    todo: ["Please start again from the beginning.", contact],
  },
  "return-address": {
    title: "This link cannot be used to log in",
    what: "The link names an address to return to that is outside this site. It may have been altered, or it may be outdated.",
    todo: ["Log in with the button below, or go to the page you want from the top page."],
  },
  "not-found": {
    title: "Page not found",
    what: "There is no page at this address. The address may be wrong, or the page may have moved.",
    todo: ["Check the address, or start from the top page."],
  },
  "not-allowed": {
    title: "This address cannot be used this way",
    what: "This address is used only during a login. You cannot open it directly or send data to it.",
    todo: ["Use the buttons on the pages of this site."],
  },
  "cross-site": {
    title: "The request was not accepted",
    what: "This site could not confirm that the request came from one of its own pages, so it was refused for your safety. Nothing about your login has changed.",
    todo: ["To log out, use the button on a page of this site."],
  },
  "not-granted": {
    title: "A required item was not provided",
    what: "You did not consent to an item that this site requires, so the login was not completed.",
    todo: ["To log in, start again and consent to providing the items.", contact],
  },
  refused: {
    title: "The login was not accepted",
    what: "The Digital Authentication Service did not accept this login, so it was not completed.",
    todo: ["Please start again from the beginning.", contact],
  },
  unverified: {
    title: "The result could not be verified",
    what: "The result from the Digital Authentication Service could not be verified, so the login was stopped for your safety.",
    todo: ["Please start again from the beginning.", contact],
  },
  unreachable: {
    title: "The authentication service could not be reached",
    what: "The Digital Authentication Service did not respond, so the login was not completed.",
    todo: ["Please wait a while, then start again from the beginning.", contact],
  },
  busy: {
    title: "The authentication service is not available now",
    what: "The Digital Authentication Service reported that it cannot accept logins now, so the login was not completed. It may be busy or under maintenance.",
    todo: ["Please wait a while, then start again from the beginning."],
  },
  unintelligible: {
    title: "The login could not be completed",
    what: "This site could not process the response of the Digital Authentication Service. You did not cause the problem.",
    todo: ["Please wait a while, then start again from the beginning.", contact],
  },
  "site-busy": {
    title: "This site is busy",
    what: "This site cannot accept the procedure now, or has a temporary problem. You did not cause the problem.",
    todo: ["Please wait a while, then try again.", contact],
  },
  site: {
    title: "Something went wrong on this site",
    what: "A problem on this site prevented it from completing the request. You did not cause the problem.",
    todo: ["Please wait a while, then try again.", contact],
  },
};
