// Options: what is missing, unknown, of another type or out of bounds is refused before the token is looked at.
import { add, claims, makeToken, now, options, without } from "./maker.mjs";

export function addOptionCases() {
  for (const name of ["issuer", "clientId", "nonce"]) {
    add(`options: no ${name}`, "options-invalid", {
      wholeOptions: without(options, name),
      messageContains: name,
    });
  }
  for (const [name, members] of [
    ["an unknown one", { audience: "client1" }],
    ["one in another case", { AccessToken: "x" }],
    ["one misspelt", { maxage: 10 }],
    ["issuer is empty", { issuer: "" }],
    ["issuer is an array", { issuer: [options.issuer] }],
    ["clientId is empty", { clientId: "" }],
    ["clientId is a number", { clientId: 1 }],
    ["nonce is empty", { nonce: "" }],
    ["nonce is a number", { nonce: 1 }],
    ["now is a string", { now: String(now) }],
    ["now is null", { now: null }],
    ["now is negative", { now: -1 }],
    ["now is in milliseconds", { now: now * 1000 }],
    ["accessToken is null", { accessToken: null }],
    ["accessToken is empty", { accessToken: "" }],
    ["accessToken is not ASCII", { accessToken: "トークン" }],
    ["algorithms is a string", { algorithms: "ES256" }],
    ["algorithms is empty", { algorithms: [] }],
    ["algorithms holds a number", { algorithms: [256] }],
    ["clockTolerance is more than 600", { clockTolerance: 601 }],
    ["clockTolerance is negative", { clockTolerance: -1 }],
    ["clockTolerance has a fraction", { clockTolerance: 0.5 }],
    ["clockTolerance is a string", { clockTolerance: "60" }],
    ["maxAge is a string", { maxAge: "60" }],
    ["maxAge is null", { maxAge: null }],
    ["maxAge is huge", { maxAge: 1e300 }],
    ["maxTokenAge is negative", { maxTokenAge: -1 }],
    ["maxTokenAge is 2^32", { maxTokenAge: 4294967296 }],
    ["acrValues is a string", { acrValues: "aal3" }],
    ["acrValues holds null", { acrValues: [null] }],
    ["acrValues is empty", { acrValues: [] }],
    ["trustedAudiences is an object", { trustedAudiences: {} }],
    ["maxTokenBytes is more than 1 MiB", { maxTokenBytes: 1_048_577 }],
    ["maxTokenBytes is a string", { maxTokenBytes: "65536" }],
  ]) {
    add(`options: ${name}`, "options-invalid", { options: members });
  }
  for (const algorithm of ["none", "HS256", "RS512", "es256", "EdDSA"]) {
    add(`options: algorithms holds ${algorithm}`, "algorithm-unsupported", {
      options: { algorithms: ["ES256", algorithm] },
    });
  }
  add("options: nobody else is trusted", "valid", { options: { trustedAudiences: [] } });
  add("options: an acr that nobody wants checked is not checked", "valid", {
    token: makeToken({ payload: { ...claims, acr: "aal1" } }),
    steps: { "authentication-context": "skipped" },
  });
  add("options: the greatest values", "valid", {
    options: { clockTolerance: 600, maxAge: undefined, maxTokenAge: 4_294_967_295, maxTokenBytes: 1_048_576 },
  });
}
