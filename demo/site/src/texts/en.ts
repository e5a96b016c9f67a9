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
  text: "The PIN and the card are simulated on the screen. Enter a PIN as the page tells you, and choose the card of a fictional person.",
};
const consent = {
  title: "Give consent",
  text: "Check which items this site will receive, and allow it. You can also cancel.",
};
const back = {
  title: "See the result",
  text: "You return to this site. It shows what it received, and every check that it made.",
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
  text: "Type the number that the phone shows into this computer, then continue on the phone.",
};
const sixDigits = {
  title: "Type the six-digit number",
  text: "Type the number that the phone shows into this computer, and give consent on the phone.",
};

const trust = [
  "The browser only carries data. This site does not trust data just because the browser brings them.",
  "Trust comes from the signature of the ID token, verified with the keys that the service publishes, and from this site's direct connection to the service.",
  "This site's server (at the edge) made every decision. This page only shows the result.",
];

const contact = "If this keeps happening, please give the operator of this site the error code below.";
const startAgain = "Please start again from the beginning.";
const badForm = "The ID token does not have the form that the standard requires.";
const badKeySet = "The list of keys that the service publishes is not valid.";
const badClaims = "A value in the ID token is missing or wrong.";
const otherAudience = "The ID token was not issued for this site.";
const badClock = "The times in the ID token do not match this site's clock.";
const brokenService = "The response of the service could not be read.";
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
        "This is a sample of a site that accepts identification by My Number Card. It shows what it received, and every check that it made.",
    },
    itemsLegend: "Items to provide to this site",
    itemsHint:
      "This site does not receive the items that you clear. Even without any of them, it can recognize you when you return.",
    leaving: "Opening the service…",
    here: {
      title: "Show the QR code on this page",
      what: "You do not leave for the service's page. Scan the QR code with your phone, and enter on this page the 6-digit number that the phone shows. When you have finished on the phone, this page continues by itself.",
      difference:
        "With the button above, the service's own page shows the QR code and asks for the number. Either way, this site receives the same items and makes the same checks.",
      link: "Verify on the service's page",
    },
    stepsTitle: "What happens next",
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
    lead: "This page shows what this site received, and every check that it made.",
    personTitle: "What was received",
    subLabel: "Your identifier (sub)",
    subNote:
      "It is used on this site only. It stays the same when your card is renewed. Other sites receive a different one, so nobody can use it to link your accounts. It is not your My Number.",
    received: "As received",
    notGranted: "You did not consent",
    notAsked: "Not requested",
    notSent: "You consented, but no value was received",
    claimsTitle: "Contents of the ID token",
    claimsNote: "The claims of the ID token, whose signature was verified.",
    checksTitle: "Checks",
    checksNote: "“Skipped” does not mean passed: there was nothing to check, or the check was not requested.",
    expandAll: "Expand all",
    collapseAll: "Collapse all",
    timelineTitle: "What just happened",
    trustTitle: "Where trust comes from",
    trust: {
      emulator: [
        ...trust,
        "In this demo, an emulator on this computer takes the place of the service. The person shown is fictional.",
      ],
      sandbox: trust,
      production: trust,
    },
    kept: "This result is erased ten minutes after the login, or when you log out. The access token and the ID token were not stored.",
    logout: "Log out",
    again: "Try again",
  },
  session: {
    title: "You are logged in",
    person: "Identified as ",
    others: "Before someone else uses this browser, log out. The result is erased too.",
    toResult: "See the result",
    loggedOut: "You have logged out. The results that this site kept were erased as well.",
  },
  noResult: {
    none: {
      title: "No result yet",
      text: "After you identify yourself, this page shows what was received, and every check.",
    },
    forgotten: {
      title: "The result has been erased",
      text: "This site keeps a result for ten minutes only. To see it again, identify yourself again.",
    },
  },

  statuses: { passed: "Passed", failed: "Failed", skipped: "Skipped" },
  statusHeadings: { passed: "Checks passed", failed: "Checks failed", skipped: "Checks skipped" },
  count: (number) => String(number),
  check: { id: "Name of the check", reference: "Reference", detail: "Detail" },
  checks: {
    size: "The token is not too large",
    "compact-form": "It has the right form, in three parts",
    header: "The header is valid JSON without duplicate members",
    "critical-header": "The header requires no unsupported extension",
    type: "The type of the token is JWT",
    algorithm: "The signature algorithm is one that this site allows",
    "key-set": "The service's list of public keys is valid",
    key: "Exactly one key of the list matches",
    signature: "The signature is valid: nothing was altered",
    claims: "The content is valid JSON without duplicate members",
    issuer: "The issuer is the service that this site uses",
    audience: "The token was issued for this site",
    "authorized-party": "The party authorized to receive it is this site",
    subject: "The user's identifier is present",
    expiration: "The token has not expired",
    "not-before": "The token is already valid",
    "issued-at": "The time of issue is not in the future",
    "token-age": "Not too much time has passed since the issue",
    nonce: "Issued for this request (the nonce matches)",
    "access-token-hash": "The access token belongs to the ID token",
    "authentication-context": "The authentication has the requested strength",
    "authentication-time": "Not too much time has passed since the authentication",
    package: "The signed package has the right form",
    "document-digest": "The document is the one that was signed",
    "signature-method": "Scheme, form and hash of the signature match",
    "signer-key-usage": "The certificate's key may sign documents",
    "public-key": "The certificate's public key can be read",
    certificate: "The certificate can be read",
    "profile-policy": "It has the policy of a signing certificate",
    "profile-anchors": "The CA certificates for signing certificates are available",
    "profile-issuer": "Its issuer does not belong to another hierarchy or to other cards",
    "profile-policy-critical": "Its policy extension is marked as critical",
    "profile-key-usage": "Its key usage matches the profile",
    "profile-extended-key-usage": "Its extended key usage matches the profile",
    "profile-algorithms": "The algorithm of the CA and the type of key match the profile",
    "profile-end-entity": "It is a person's certificate, not a CA certificate",
    "profile-direct-issue": "It was issued directly by the CA",
    "known-authority": "The CA is one of the published CAs",
    path: "There is a path to a trusted CA",
    "trust-anchor": "The path starts at a trusted CA",
    "certificate-signature": "The certificate was signed by its issuer",
    "certificate-validity": "The certificate is within its validity period",
    "certificate-issuer": "The issuer that it names is the CA above it",
    "name-constraints": "The CAs above it allow its names",
    "certificate-policies": "Its policies match those of the CAs above it",
    "policy-mappings": "Policy mappings follow the rules",
    "policy-set": "It is valid under an accepted policy",
    "basic-constraints": "The issuer is a CA, which may issue certificates",
    "path-length": "The path is not longer than allowed",
    "key-usage": "The key usage allows what is required",
    "extended-key-usage": "The extended key usage allows what is required",
    extensions: "There is no unsupported critical extension",
    revocation: "The certificate is not revoked",
    "evidence-time": "The time of the package matches its revocation evidence, and is not in the future",
    timestamp: "A third party's timestamp proves that the signature existed at that time",
  },

  actors: { site: "This site", browser: "Browser", phone: "Phone", service: "Service" },
  timeline: ({ service, scopes, passed, skipped, items }) => [
    {
      actor: "site",
      title: "Authorization request",
      text: `This site created one-time values (state, nonce, PKCE), stored them in an encrypted cookie, and sent the browser to the service. Requested scopes: ${scopes}`,
    },
    {
      actor: "phone",
      title: "Identification in the app",
      text:
        service === "emulator"
          ? "The emulator took the place of the app and the card, and you gave your consent. The PIN never reaches this site."
          : "The app checked PIN and card, and you gave your consent. The PIN never reaches this site.",
    },
    {
      actor: "browser",
      title: "Callback",
      text: "The browser came back with an authorization code. Its state matched the cookie: this login started in this browser.",
    },
    {
      actor: "site",
      title: "Code exchange",
      text: "This site connected to the service directly, not through the browser. It exchanged the code for tokens, and authenticated with a signature of its private key (private_key_jwt).",
    },
    {
      actor: "site",
      title: "ID token verification",
      text: `This site verified the signature with the service's public key, and checked issuer, audience, times, nonce and more. ${passed} passed, ${skipped} skipped. At this point, your identity was confirmed.`,
    },
    {
      actor: "service",
      title: "Userinfo",
      text: {
        received: "This site fetched the basic items with the access token. Their sub matches the ID token.",
        refused: "You did not consent to any basic item, so this site received none.",
        none: "This site requested no basic items, so it received none.",
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
    checksUntil: "Checks up to the error",
  },
  errorGroups: {
    denied: {
      title: "The identification is not complete",
      todo: [
        "To continue, start again from the beginning.",
        "This page also appears if your four-digit PIN is locked after too many wrong attempts. The municipal office where you are registered can unlock it and reset it.",
      ],
    },
    browser: {
      title: "The procedure could not continue",
      todo: [
        "If this page is open inside another app, such as a social network or mail app, open this site in your usual browser (Safari, Chrome and so on) and start again there.",
        "In a private or incognito window, use a normal window instead.",
        "If you block cookies, allow them for this site.",
      ],
    },
    expired: { title: "The login took too long", todo: [startAgain] },
    again: { title: "Please try again", todo: [startAgain, contact] },
    consent: {
      title: "A required item was not provided",
      todo: ["Start again and allow the items to be provided."],
    },
    refused: { title: "The service did not accept the login", todo: [startAgain, contact] },
    unverified: {
      title: "The login was stopped for your safety",
      after: "This site discarded what it received, without using it.",
      todo: [startAgain, contact],
    },
    unavailable: {
      title: "Communication with the service failed",
      todo: ["Please wait a while, then start again from the beginning.", contact],
    },
    later: {
      title: "Not possible right now",
      todo: ["Please wait a while, then start again from the beginning."],
    },
    spent: {
      title: "This login has already been processed",
      todo: [
        "Open the result page, and check whether the login is complete.",
        "If it is not, start again from the beginning.",
      ],
    },
    address: { title: "This action is not possible", todo: ["Use the buttons on the pages of this site."] },
    site: {
      title: "Something went wrong on this site",
      todo: ["Please wait a while, then try again.", contact],
    },
  },
  errors: {
    "login-denied":
      "The identification ended before it was complete. This site received no information about you.",
    "authorization-lapsed":
      "The procedure at the service is no longer valid, for example because too much time has passed. This site received no information about you.",
    "login-host-mismatch":
      "The login started at one address (host name) of this site and returned to another. Start again at the address that is open now.",
    "handoff-request-invalid": "A request of the procedure with the phone was not valid.",
    "handoff-not-found": "The procedure with the phone has ended, or belongs to another browser.",
    "handoff-lapsed": "The procedure with the phone took too long.",
    "handoff-cancelled": "The procedure with the phone was cancelled.",
    "handoff-number-wrong": "The typed number is not the one on the phone.",
    "handoff-tries-exhausted": "A wrong number was typed too often.",
    "handoff-other-browser": "The procedure with the phone belongs to another browser.",
    "handoff-state": "The steps of the procedure with the phone were out of order.",
    "handoff-quota-exceeded": "Too many QR codes were shown within a short time.",
    "authorization-code-spent":
      "This happens when the page is reloaded, or when the same login is open in another tab. The login may already be complete.",
    "navigation-required": "Open this address with a link or a button. Nothing was done.",
    "emulator-refused": "The result came from an emulator, so it was not accepted.",
    "store-full": "This site has no room to store the data of the procedure.",
    "store-unreachable": "This site could not read or write the data of the procedure.",
    "client-signer-failed": "The system in which this site keeps its key did not respond as expected.",
    "login-cookie-missing":
      "This browser does not have the data that was stored when you started. This happens when you return to a different browser, or open an earlier result later.",
    "login-expired":
      "More than ten minutes have passed since the login started, so it was cancelled for your safety.",
    "login-cookie-invalid": "The data that was stored when the login started could not be read.",
    "state-mismatch": "This site could not confirm that the login started in this browser.",
    "authorization-response-malformed": "The address to which the service sent you back is not valid.",
    "scope-not-granted": "You did not consent to an item that this site requires.",
    "authorization-refused": "The service did not accept this login.",
    "token-request-refused": "The service did not accept the exchange of the authorization code.",
    "user-info-refused": "The service did not accept the request for the basic items.",
    "issuer-mismatch": "The response was not issued by the service that this site uses.",
    "subject-mismatch": "The basic items that were received do not belong to the person who was identified.",
    "token-malformed": badForm,
    "token-too-large": "The ID token is too large.",
    "json-malformed": badForm,
    "json-duplicate-member": "The ID token contains the same name twice, so its meaning is ambiguous.",
    "critical-header-unsupported": "The ID token requires an extension that this site does not support.",
    "algorithm-not-allowed": "The ID token is signed with an algorithm that this site does not allow.",
    "algorithm-unsupported": "The ID token is signed with an algorithm that this site does not support.",
    "key-set-malformed": badKeySet,
    "key-set-contains-secret":
      "The list of keys that the service publishes contains a key that must never be published.",
    "key-not-found": "The key that signed the ID token is not among those that the service publishes.",
    "key-ambiguous": "Several keys match the ID token, so none was selected.",
    "key-unsuitable": "The key that the ID token names must not be used for this signature.",
    "key-malformed": badKeySet,
    "key-size-unsupported": "The service publishes a key whose size is not considered safe.",
    "signature-mismatch": "The signature of the ID token is not valid. The token may be forged.",
    "claim-missing": badClaims,
    "claim-malformed": badClaims,
    "audience-mismatch": otherAudience,
    "authorized-party-mismatch": otherAudience,
    "token-expired": "The ID token has expired.",
    "token-not-yet-valid": badClock,
    "token-issued-in-future": badClock,
    "token-too-old": "The ID token is too old.",
    "nonce-mismatch": "The ID token was not issued for this login.",
    "access-token-hash-mismatch": "The two tokens that were received do not belong together.",
    "authentication-too-old": "Too much time has passed since the card was read.",
    "acr-mismatch": "The authentication does not have the strength that this site requires.",
    "keys-unreachable": "The keys to verify the signature could not be fetched from the service.",
    "endpoint-unreachable": "The service could not be reached.",
    "endpoint-unavailable":
      "The service reported that it cannot process the request now. It may be busy or under maintenance.",
    "authorization-unavailable":
      "The service reported that it cannot accept logins now. It may be busy or under maintenance.",
    "endpoint-timeout": "The service did not respond in time.",
    "response-too-large": brokenService,
    "response-malformed": brokenService,
    "return-address-refused": "The address to return to after the login is outside this site.",
    "method-not-allowed": "This address cannot be used in this way.",
    "cross-site-request-refused":
      "This site could not confirm that the request came from one of its own pages. Your login has not changed.",
    "route-not-found": "There is no page at this address.",
    "options-invalid": misconfigured,
    "request-invalid": misconfigured,
    "client-key-invalid": misconfigured,
    "decryption-key-invalid": misconfigured,
    "webassembly-unavailable": noVerifier,
    "wasm-unreachable": noVerifier,
    "internal-error": "An unexpected error occurred. You did not cause it.",
  },
  notFound: { title: "Page not found", text: "The address may be wrong, or the page may have moved." },
  methodNotAllowed: {
    title: "This address cannot be used in this way",
    text: "This page is for viewing only. You cannot send data to it.",
  },
};
