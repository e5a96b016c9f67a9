import type { EraYear } from "../birth-date.ts";
import { refusal } from "./en/refusal.ts";
import { signature } from "./en/signature.ts";
import { signing } from "./en/signing.ts";
import { verification } from "./en/verification.ts";
import type { Texts } from "./texts.ts";

const two = (number: number) => String(number).padStart(2, "0");

const eraNames: Readonly<Record<EraYear["era"], string>> = {
  meiji: "Meiji",
  taisho: "Taishō",
  showa: "Shōwa",
  heisei: "Heisei",
  reiwa: "Reiwa",
};

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

function monthName(month: number): string {
  return months[month - 1] ?? String(month);
}

const readCard = {
  title: "Identify yourself in the app",
  text: "Enter your four-digit PIN in the app and hold the card to the phone.",
};
const emulatedCard = {
  title: "Identify yourself in the app (emulated)",
  text: "The PIN and the card are simulated on the screen. Enter a PIN as the page says, and choose the card of a fictional person.",
};
const consent = {
  title: "Give consent",
  text: "See what will be passed to this site and allow it. You can also cancel.",
};
const back = {
  title: "See the result",
  text: "You come back here and see what was received, and every check that was made.",
};
const openApp = {
  title: "Open the app",
  text: "The button takes you to the service's page, which opens the app.",
};
const qrCode = {
  title: "Scan the QR code",
  text: "The button takes you to the service's page with a QR code. Scan it with your phone.",
};
const emulatedQrCode = {
  title: "Scan the QR code",
  text: "The button takes you to a QR code. The link below the code opens an emulated phone in another window.",
};
// The emulator asks for the number before the card.
const emulatedSixDigits = {
  title: "Type the six-digit number",
  text: "Type the number that the phone shows into this computer, then go on with the phone.",
};
const sixDigits = {
  title: "Type the six-digit number",
  text: "Type the number that the phone shows into this computer, and give consent on the phone.",
};

const trust = [
  "The browser is a messenger. Nothing that it carries is trusted for its own sake.",
  "Trust rests on the ID token's signature, checked with the keys that the service publishes, and on this site's direct connection to the service.",
  "Every decision was made on this site's server (at the edge). This page only shows the outcome.",
];

const contact = "If this keeps happening, please tell the operator of this site the error code below.";
const startAgain = "Please start again from the beginning.";
const badForm = "The ID token that arrived does not have the form that the standard asks for.";
const badKeySet = "The list of keys that the service publishes is faulty.";
const badClaims = "Something in the ID token is missing or not as it should be.";
const otherAudience = "The ID token was not meant for this site.";
const badClock = "The times in the ID token do not agree with this site's clock.";
const brokenService = "The service's answer could not be read.";
const misconfigured = "This site is not set up correctly.";
const noVerifier = "The verifier could not be loaded on this site.";

export const en: Texts = {
  lang: "en",
  otherLanguage: "日本語",
  siteName: "honnin demo",
  skipLink: "Skip to the content",
  languageLabel: "Language",
  nav: { label: "Pages of this site", login: "Log in", sign: "Sign", verify: "Verify" },
  services: {
    emulator: {
      label: "Emulator",
      note: "This is a demo. It does not connect to the real service, and no card is needed. All people in it are fictional.",
    },
    sandbox: { label: "Sandbox", note: "Connected to the sandbox of the Digital Authentication Service." },
    production: { label: "Production", note: "Connected to the Digital Authentication Service." },
  },
  disclaimer: "A demo of honnin. Not affiliated with the Digital Agency or J-LIS.",
  loginButton: "Verify with My Number Card",
  toHome: "Back to the top page",

  home: {
    title: "Verify who you are with your My Number Card",
    description: "A sample site that accepts identification by My Number Card.",
    lead: {
      emulator:
        "This is a sample of a site that accepts identification by My Number Card. It connects to an emulator of the service and the app, so you can try all of it without a card.",
      sandbox:
        "This is a sample of a site that accepts identification by My Number Card. It connects to the sandbox, so you can try all of it with a test card.",
      production:
        "This is a sample of a site that accepts identification by My Number Card. It shows what was received, and every check that was made.",
    },
    itemsLegend: "What to pass to this site",
    itemsHint:
      "What you leave out is not asked for. With none of them, the site can still tell that you are the same person.",
    leaving: "Taking you there…",
    stepsTitle: "What will happen",
    ways: {
      phone: {
        title: "On a phone",
        steps: {
          emulator: [openApp, emulatedCard, consent, back],
          sandbox: [openApp, readCard, consent, back],
          production: [openApp, readCard, consent, back],
        },
      },
      computer: {
        title: "On a computer",
        steps: {
          emulator: [emulatedQrCode, emulatedSixDigits, emulatedCard, consent, back],
          sandbox: [qrCode, readCard, sixDigits, back],
          production: [qrCode, readCard, sixDigits, back],
        },
      },
    },
  },

  items: { name: "Name", address: "Address", birthdate: "Date of birth", gender: "Gender" },
  genders: { male: "Male", female: "Female", other: "Other or unknown" },
  unknownGender: (code) => `Undefined code “${code}”`,
  unreadableDate: "Cannot be read as a date",
  completeDate: (year, month, day, era) => {
    const inEra = era && ` (${eraNames[era.era]} ${era.year})`;
    return `${day} ${monthName(month)} ${year}${inEra ?? ""}`;
  },
  dateTime: ({ year, month, day, hour, minute, second }) =>
    `${day} ${monthName(month)} ${year}, ${two(hour)}:${two(minute)}:${two(second)} (Japan)`,
  partialDate: (year, month, day) => {
    if (month !== undefined) return `${monthName(month)} ${year} (day unknown)`;
    return day === undefined
      ? `${year} (month and day unknown)`
      : `day ${day} of an unknown month of ${year}`;
  },

  result: {
    title: "You have been identified",
    lead: "What this site received, and every check of whether to believe it.",
    personTitle: "What was received",
    subLabel: "Your identifier (sub)",
    subNote:
      "It is used on this site only. It stays the same when the card is renewed, and other sites get another one, so that they cannot match you across sites. It is not your My Number.",
    received: "As received",
    notGranted: "Consent was not given",
    notAsked: "Not asked for",
    notSent: "Allowed, but no value arrived",
    claimsTitle: "Contents of the ID token",
    claimsNote: "The claims under the signature that was verified.",
    checksTitle: "Checks",
    checksNote: "“Not made” does not mean passed: there was nothing to check, or it was not asked for.",
    expandAll: "Expand all",
    collapseAll: "Collapse all",
    timelineTitle: "What just happened",
    trustTitle: "Where the trust lies",
    trust: {
      emulator: [
        ...trust,
        "In this demo an emulator on this computer plays the service. The person shown is fictional.",
      ],
      sandbox: trust,
      production: trust,
    },
    kept: "This result is erased ten minutes after the login, or when you log out. The access token and the ID token were not stored.",
    logout: "Log out",
    again: "Try again",
  },
  noResult: {
    none: {
      title: "No result yet",
      text: "Once you have identified yourself, what was received and every check appear here.",
    },
    forgotten: {
      title: "The result has been erased",
      text: "This site keeps a result for ten minutes only. To see one again, identify yourself anew.",
    },
  },

  statuses: { passed: "Passed", failed: "Failed", skipped: "Not made" },
  statusHeadings: { passed: "Checks passed", failed: "Checks failed", skipped: "Checks not made" },
  count: (number) => String(number),
  check: { id: "Name of the check", reference: "Reference", detail: "Detail" },
  checks: {
    size: "The token is not too large",
    "compact-form": "It has the right form, in three parts",
    header: "The header is strict JSON",
    "critical-header": "No extension is called for that is not understood",
    type: "The token is of the type JWT",
    algorithm: "The signature algorithm is one that this site allows",
    "key-set": "The service's list of public keys is sound",
    key: "Exactly one key of the list is meant",
    signature: "The signature is right, so nothing was altered",
    claims: "The contents are strict JSON",
    issuer: "The issuer is the service connected to",
    audience: "The token is meant for this site",
    "authorized-party": "The party authorized to receive it is this site",
    subject: "The user's identifier is there",
    expiration: "The token has not expired",
    "not-before": "The token's time of use has begun",
    "issued-at": "The time of issue is not in the future",
    "token-age": "Not too much time has passed since the issue",
    nonce: "Issued for this very request (the nonce agrees)",
    "access-token-hash": "The access token belongs to it",
    "authentication-context": "The authentication was of the strength asked for",
    "authentication-time": "Not too much time has passed since the authentication",
    package: "The signed package is of the right form",
    "document-digest": "The document is the one that was signed",
    "signature-method": "Scheme, form and hash of the signature fit together",
    "signer-key-usage": "The certificate's key may sign documents",
    "public-key": "The certificate's public key can be read",
    certificate: "The certificate can be read",
    "profile-policy": "It is of the kind (policy) of a signing certificate",
    "profile-anchors": "The certificates of the signing authorities are at hand",
    "profile-issuer": "No authority of another hierarchy or environment issued it",
    "profile-policy-critical": "Its policy is marked as one that must be understood",
    "profile-key-usage": "Its key usage is as laid down",
    "profile-extended-key-usage": "Its extended key usage is as laid down",
    "profile-algorithms": "The authority's algorithm and the kind of key are as laid down",
    "profile-end-entity": "It is a person's certificate, not an authority's",
    "profile-direct-issue": "The authority issued it directly",
    "known-authority": "The authority is one of those published",
    path: "It leads to a trusted authority",
    "trust-anchor": "The chain ends in a trusted authority",
    "certificate-signature": "The certificate's signature is its issuer's",
    "certificate-validity": "The certificate is within its validity",
    "certificate-issuer": "The issuer it names is the authority above it",
    "name-constraints": "Its names are within what the authorities above allow",
    "certificate-policies": "Its policies continue those above",
    "policy-mappings": "Mappings of policies follow the rules",
    "policy-set": "It is valid under an accepted policy",
    "basic-constraints": "The issuer is an authority that may issue certificates",
    "path-length": "The chain is no longer than allowed",
    "key-usage": "The key usage has what is needed",
    "extended-key-usage": "The extended key usage allows what is needed",
    extensions: "There is no critical extension that is not understood",
    revocation: "The certificate is not revoked",
    "evidence-time": "The package's time is that of its evidence, and not in the future",
    timestamp: "A third party's timestamp proves when the signature was there",
  },

  actors: { site: "This site", browser: "Browser", phone: "Phone", service: "Service" },
  timeline: ({ service, scopes, passed, skipped, items }) => [
    {
      actor: "site",
      title: "Authorization request",
      text: `One-time values (state, nonce, PKCE) were made and noted in an encrypted cookie, and the browser was sent to the service. Scopes asked for: ${scopes}`,
    },
    {
      actor: "phone",
      title: "Identification in the app",
      text:
        service === "emulator"
          ? "The emulator played the app and the card, and you gave your consent. The PIN never reaches this site."
          : "The app checked PIN and card, and you gave your consent. The PIN never reaches this site.",
    },
    {
      actor: "browser",
      title: "Callback",
      text: "The browser came back with an authorization code. Its state agreed with the cookie: this is the login that began in this browser.",
    },
    {
      actor: "site",
      title: "Code exchange",
      text: "Directly, not through the browser, the site exchanged the code for tokens, proving itself with a signature of its private key (private_key_jwt).",
    },
    {
      actor: "site",
      title: "ID token verification",
      text: `The signature was checked with the service's public key, then issuer, audience, times, nonce and more. ${passed} passed, ${skipped} not made. This is where it was decided who you are.`,
    },
    {
      actor: "service",
      title: "Userinfo",
      text: {
        received: "The basic items were fetched with the access token; their sub is the ID token's.",
        refused: "Consent was not given for any basic item, so none were received.",
        none: "No basic items were asked for, so none were received.",
      }[items],
    },
  ],

  signature,
  signing,
  verification,
  refusal,

  error: {
    whatToDo: "What to do",
    code: "Error code",
    again: "Try again",
    technical: "Technical details",
    message: "Message",
    checksUntil: "Checks until it stopped",
  },
  errorGroups: {
    denied: {
      title: "The identification is not complete",
      todo: [
        "To go on, start again from the beginning.",
        "This page also appears when the four-digit PIN has been locked after too many wrong tries. The municipal office where you are registered can unlock it and let you set a new one.",
      ],
    },
    browser: {
      title: "This could not go on",
      todo: [
        "If this page is open inside another app, such as a social network or mail app, open this site in your usual browser (Safari, Chrome and so on) and start again there.",
        "In a private or incognito window, use a normal window instead.",
        "If you block cookies, allow them for this site.",
      ],
    },
    expired: { title: "The login took too long", todo: [startAgain] },
    again: { title: "Please try again", todo: [startAgain, contact] },
    consent: {
      title: "A necessary item was not provided",
      todo: ["Start again and allow the items to be provided."],
    },
    refused: { title: "The service did not accept this", todo: [startAgain, contact] },
    unverified: {
      title: "The login was stopped for your safety",
      after: "What was received has been discarded unused.",
      todo: [startAgain, contact],
    },
    unavailable: {
      title: "Communication with the service failed",
      todo: ["Please wait a little, then start again from the beginning.", contact],
    },
    later: {
      title: "Not possible right now",
      todo: ["Please wait a little, then start again from the beginning."],
    },
    spent: {
      title: "This login has been processed already",
      todo: [
        "Open the result page, and see whether it is complete.",
        "If it is not, start again from the beginning.",
      ],
    },
    address: { title: "This cannot be done", todo: ["Use the buttons on the pages of this site."] },
    site: {
      title: "Something went wrong on this site",
      todo: ["Please wait a little, then try again.", contact],
    },
  },
  errors: {
    "login-denied":
      "The identification ended before it was complete. Nothing about you was passed to this site.",
    "authorization-lapsed":
      "The service’s part of the login is no longer valid, for example because too much time has passed. Nothing about you was passed to this site.",
    "login-host-mismatch":
      "The login began at another address (host name) of this site than the one it came back to. Start again at the address that is open now.",
    "authorization-code-spent":
      "That happens when the page is reloaded, or when the same login is open in another tab. It may be complete already.",
    "navigation-required": "This address is for opening by a link or a button. Nothing has been done.",
    "emulator-refused": "The result was an emulator’s, so it was not accepted.",
    "store-full": "This site has no room to keep what the procedure needs.",
    "store-unreachable": "This site could not read or write what the procedure needs.",
    "login-cookie-missing":
      "This browser does not hold what was stored when you began. That happens when you come back to another browser, or open an earlier result later.",
    "login-expired":
      "More than ten minutes have passed since the login began, so it was ended for your safety.",
    "login-cookie-invalid": "What was stored when the login began could not be read.",
    "state-mismatch": "It could not be confirmed that this login began in this browser.",
    "authorization-response-malformed":
      "The address that the service sent you back to is not as it should be.",
    "scope-not-granted": "Consent was not given for an item that this site cannot do without.",
    "authorization-refused": "The service did not accept this login.",
    "token-request-refused": "The service did not accept the exchange of the authorization code.",
    "user-info-refused": "The service did not accept the request for the basic items.",
    "issuer-mismatch": "The answer was not issued by the service that this site connects to.",
    "subject-mismatch": "The basic items that arrived belong to somebody other than the person identified.",
    "token-malformed": badForm,
    "token-too-large": "The ID token that arrived is too large.",
    "json-malformed": badForm,
    "json-duplicate-member": "The ID token names the same thing twice, so that its meaning is not certain.",
    "critical-header-unsupported": "The ID token calls for an extension that this site does not understand.",
    "algorithm-not-allowed": "The ID token is signed in a way that this site does not allow.",
    "algorithm-unsupported": "The ID token is signed in a way that this site does not support.",
    "key-set-malformed": badKeySet,
    "key-set-contains-secret":
      "The list of keys that the service publishes holds one that must never be published.",
    "key-not-found": "The key that signed the ID token is not among those that the service publishes.",
    "key-ambiguous": "More than one key could have signed the ID token, so none was chosen.",
    "key-unsuitable": "The key that the ID token points to must not be used for this signature.",
    "key-malformed": badKeySet,
    "key-size-unsupported": "A key that the service publishes is of a size that is not considered safe.",
    "signature-mismatch": "The ID token's signature is wrong. It may be forged.",
    "claim-missing": badClaims,
    "claim-malformed": badClaims,
    "audience-mismatch": otherAudience,
    "authorized-party-mismatch": otherAudience,
    "token-expired": "The ID token has expired.",
    "token-not-yet-valid": badClock,
    "token-issued-in-future": badClock,
    "token-too-old": "The ID token is too old.",
    "nonce-mismatch": "The ID token was not issued for this login.",
    "access-token-hash-mismatch": "The two tokens that arrived do not belong together.",
    "authentication-too-old": "Too much time has passed since the card was read.",
    "acr-mismatch": "The authentication was not of the strength that this site asks for.",
    "keys-unreachable": "The keys for checking the signature could not be fetched from the service.",
    "endpoint-unreachable": "The service could not be reached.",
    "endpoint-unavailable":
      "The service answered that it cannot do this right now. It may be busy or under maintenance.",
    "authorization-unavailable":
      "The service answered that it cannot take logins right now. It may be busy or under maintenance.",
    "endpoint-timeout": "The service did not answer in time.",
    "response-too-large": brokenService,
    "response-malformed": brokenService,
    "return-address-refused": "The address to return to after the login is not one of this site.",
    "method-not-allowed": "This address cannot be opened in this way.",
    "cross-site-request-refused":
      "It could not be confirmed that the request came from a page of this site. Nothing about your login has changed.",
    "route-not-found": "There is no page at this address.",
    "options-invalid": misconfigured,
    "request-invalid": misconfigured,
    "client-key-invalid": misconfigured,
    "decryption-key-invalid": misconfigured,
    "webassembly-unavailable": noVerifier,
    "wasm-unreachable": noVerifier,
    "internal-error": "Something unexpected happened. It was not caused by anything you did.",
  },
  notFound: { title: "Page not found", text: "The address may be wrong, or the page may have moved." },
  methodNotAllowed: {
    title: "This cannot be opened in this way",
    text: "This page is for viewing. It takes no data.",
  },
};
