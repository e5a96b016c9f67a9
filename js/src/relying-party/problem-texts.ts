// The messages of errors that few logins meet. Texts only, without imports: loaded when there is such an error, and bundlers need not
// split anything else for it.

const response = "The response of the token endpoint";

const returnAddressFaults = {
  type: () => "is not a string",
  long: (most: number) => `is longer than ${most} characters`,
  path: () => "is not an absolute path",
  characters: () => "contains white space, a control character or a backslash",
  parse: () => "cannot be parsed",
  site: () => "leads to another site",
  route: () => "is a login route",
};

/** Why a return address is refused. */
export type ReturnAddressFault = keyof typeof returnAddressFaults;

/** By key. None contains a part of a response or of a cookie. */
export const texts = {
  // Of the token endpoint.
  "no-error": (status: number) => `${response} has status ${status} but no error code.`,
  "code-spent": (name: string) =>
    `${name} rejected the code (invalid_grant): it was already used, or has expired. ` +
    "If every login fails, the redirect URI or the client differs from the registration.",
  "no-access-token": () => `${response} has no access_token.`,
  "access-token": () => `${response} has an access_token with characters that are not allowed.`,
  "token-type": () => `${response} has no token_type, or one other than Bearer.`,
  scope: () => `${response} has a scope that is not a string, or is too long.`,
  "no-id-token": () => `${response} has no id_token.`,
  emulator: () =>
    "The ID token comes from an emulator, where anyone can log in as anyone. For development, set allowEmulator. Never set it in production.",

  // Of the userinfo endpoint.
  "user-info": (name: string, status: number) => `${name} refused the request with status ${status}.`,
  "no-sub": () => "The userinfo response has no sub.",
  "other-sub": () => "The sub of the userinfo response differs from the sub of the ID token.",

  // Requests.
  "no-route": (paths: string) => `There is no such route. The routes are ${paths}.`,
  method: (method: string) => `This route accepts ${method} only.`,
  "not-navigation": () =>
    "The request was not a navigation: a page loaded this address as a resource, or it was prefetched. It had no effect. Use a link to this address.",
  "return-address": (why: ReturnAddressFault, most: number) =>
    `The return address ${returnAddressFaults[why](most)}. Give a path of this site, such as /account.`,

  // Callbacks.
  state: () => "The authorization response does not have exactly one state.",
  "refused-before": () => "This callback was refused before, for the same reason.",
  "used-elsewhere": () =>
    "Another request has already used the code of this callback, and its result is unknown.",
  // Cookies belong to a host name: `localhost` and `127.0.0.1` are different, even on the same machine.
  "other-host": (origin: string) =>
    `The login started on a different host name than the callback, so its cookie is not sent. Open the site at ${origin}.`,
  "no-cookie": () =>
    "The callback has no login cookie. Possible causes: another browser or host than at the start of the login, a private window, " +
    "blocked cookies, or a login that was completed some time ago.",
  "altered-cookie": () =>
    "The login cookie was altered, or encrypted with a secret that is no longer in use.",
  expired: (seconds: number) => `The login started more than ${seconds} s ago.`,
  "not-data": () => "The sessionData that onLogin returns must be JSON, without cycles or functions.",
  "long-data": (bytes: number, limit: number) =>
    `The sessionData that onLogin returns needs ${bytes} bytes as a cookie; the limit is ${limit}. ` +
    "Keep the data in your own store and put only its key into the session.",
  "not-granted": (scopes: string) => `Required scopes were not granted: ${scopes}.`,
};

/** A key, and the values that its text takes. */
export type Said = {
  [Key in keyof typeof texts]: [Key, ...Parameters<(typeof texts)[Key]>];
}[keyof typeof texts];
