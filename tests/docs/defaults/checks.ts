// How each documented default is checked. What is in none of these tables is not known how to check, and fails the test.

const src = (path: string) => `js/src/${path}`;
const crate = (path: string) => `crate/src/${path}`;

/** The file that reads the options of an interface and fills in what is left out. */
export const readers: Readonly<Record<string, string>> = {
  BoundedFetchOptions: src("bounded-fetch.ts"),
  RemoteKeysOptions: src("id-token/remote-keys.ts"),
  AuthorizationRequestOptions: src("launch/authorization-request.ts"),
  AuthorizationResponseExpectation: src("launch/authorization-response.ts"),
  LaunchHints: src("launch/choose-launch.ts"),
  QrOptions: src("launch/qr.ts"),
  RelyingPartyOptions: src("relying-party/options/read-options.ts"),
  ClientAssertionOptions: src("relying-party/service/client-assertion.ts"),
  ClientCredentialsOptions: src("relying-party/service/client-credentials.ts"),
  ExchangeCodeOptions: src("relying-party/service/exchange-code.ts"),
  RefreshTokensOptions: src("relying-party/service/refresh-tokens.ts"),
  RetryOptions: src("relying-party/signature-api/fetch-result.ts"),
  SigningMethod: src("relying-party/signature-api/method.ts"),
  SigningErrorNames: src("relying-party/signature-api/names.ts"),
  SigningNames: src("relying-party/signature-api/names.ts"),
  OpenSignatureResultOptions: src("relying-party/signature-api/open-result.ts"),
  StartSignatureOptions: src("relying-party/signature-api/start-signature.ts"),
  SigningLimits: src("relying-party/options/start-options.ts"),
  SigningOptions: src("relying-party/options/signing-options.ts"),
  MemoryStoreOptions: src("relying-party/storage/memory-store.ts"),
  CreateSignedPackageOptions: src("signed-package/create.ts"),
};

/** Members that another file reads, or that are called otherwise there. */
export const readElsewhere: Readonly<Record<string, readonly [file: string, name: string]>> = {
  "RemoteKeysOptions.fetch": [src("bounded-fetch.ts"), "fetch"],
  "RelyingPartyOptions.timeout": [src("bounded-fetch.ts"), "timeout"],
  "RelyingPartyOptions.maxBytes": [src("bounded-fetch.ts"), "maxBytes"],
  "RelyingPartyOptions.requiredScopes": [src("relying-party/options/option-readers.ts"), "requiredScopes"],
  "TokenRequestOptions.now": [src("relying-party/service/client-assertion.ts"), "now"],
  "OpenSignatureResultOptions.algorithms": [src("relying-party/signature-api/algorithms.ts"), "algorithms"],
  "OpenSignatureResultOptions.encryptions": [src("relying-party/signature-api/algorithms.ts"), "encryptions"],
  "SigningOptions.sameSubject": [src("relying-party/options/start-options.ts"), "sameSubject"],
  "CommonCertificateOptions.now": [src("verifier/call.ts"), "now"],
};

/** Options that the crate reads: the member of `crate/tests/data/defaults.json`, which `crate/tests/rules/defaults.rs` compares with the crate. */
export const native: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...["certificateBytes", "intermediates", "pathLength", "signatures", "candidates", "policies"],
      ...["nameComparisons", "evidence", "scannedBytes"],
    ].map((name) => [`CertificateLimits.${name}`, `limits.${name}`]),
  ),
  ...Object.fromEntries(
    ["policies", "inhibitPolicyMapping", "inhibitAnyPolicy", "keyUsage", "purpose", "allowSha1"].map(
      (name) => [`GeneralCertificateOptions.${name}`, `path.${name}`],
    ),
  ),
  "CommonCertificateOptions.revocation": "revocation.crls",
  ...Object.fromEntries(
    ["require", "reportOnly", "clockTolerance", "crlMaxAge"].map((name) => [
      `RevocationOptions.${name}`,
      `revocation.${name}`,
    ]),
  ),
  ...Object.fromEntries(
    [
      "algorithms",
      "clockTolerance",
      "maxAge",
      "maxTokenAge",
      "acrValues",
      "trustedAudiences",
      "maxTokenBytes",
    ].map((name) => [`VerifyIdTokenOptions.${name}`, `idToken.${name}`]),
  ),
  "RelyingPartyOptions.clockTolerance": "idToken.clockTolerance",
  "RelyingPartyOptions.idTokenAlgorithms": "idToken.algorithms",
  "VerifySignedPackageOptions.timestamp": "package.timestamps",
  "VerifySignedDataOptions.allowSha1": "cms.allowSha1",
};

/** What only the text of the code can tell: what the comment says, and the place that does it. */
export const places: Readonly<Record<string, readonly [says: RegExp, file: string, does: RegExp]>> = {
  defaultTimeout: [/^Default of/, src("bounded-fetch.ts"), /options\.timeout \?\? defaultTimeout/],
  defaultMaxBytes: [/^Default of/, src("bounded-fetch.ts"), /options\.maxBytes \?\? defaultMaxBytes/],
  secureUrl: [
    /\(default `options-invalid`\)/,
    src("secure-url.ts"),
    /code: HonninErrorCode = "options-invalid"/,
  ],
  "CertificateLimits.inputBytes": [
    /Default 67,108,864;/,
    src("verifier/parts.ts"),
    /defaultInputBytes = 67_108_864;/,
  ],
  "CommonCertificateOptions.anchorConstraints": [
    /`"apply"`, the default/,
    crate("x509/anchor.rs"),
    /enum AnchorConstraints \{[^}]*#\[default\]\s*Apply,/,
  ],
  "JpkiProfile.environment": [
    /^neither/,
    crate("boundary/profile_options.rs"),
    /environment: members\.word\("environment", ENVIRONMENTS\)\?,/,
  ],
  "JpkiProfile.unit": [
    /^any that is not the other hierarchy's/,
    crate("jpki/names.rs"),
    /match \(unit\.and_then\(Hierarchy::of_unit\), profile\.unit\)/,
  ],
  "JpkiProfile.extendedKeyUsage": [
    /^the extension must not be there/,
    crate("jpki/leaf.rs"),
    /Some\(_\) if wanted\.is_empty\(\) => Err/,
  ],
  "JpkiCertificateOptions.environment": [
    /Default `"production"`/,
    crate("boundary/profile_options.rs"),
    /environment\.unwrap_or\(Environment::Production\)/,
  ],
  "GeneralCertificateOptions.explicitPolicy": [
    /^whether `policies` are given/,
    crate("boundary/certificate_options.rs"),
    /flag\("explicitPolicy"\)\?\.unwrap_or\(policies\)/,
  ],
  "SignatureOptions.ecdsaForm": [
    /Default `"der"`/,
    crate("boundary/signature.rs"),
    /form\.unwrap_or\(EcdsaForm::Der\)/,
  ],
  "VerifyIdTokenOptions.now": [
    /^the clock/,
    src("id-token/verify-id-token.ts"),
    /plain\.now === undefined\) plain\.now = Math\.floor\(Date\.now\(\) \/ 1000\)/,
  ],
  ...Object.fromEntries(
    ["state", "nonce", "codeVerifier"].map((name) => [
      `AuthorizationRequestOptions.${name}`,
      [
        /^256 random bits/,
        src("launch/authorization-request.ts"),
        new RegExp(`options\\.${name} \\?\\? randomToken\\(\\)`),
      ] as const,
    ]),
  ),
  "LaunchHints.viewportWidth": [
    /^that of `screen`/,
    src("launch/choose-launch.ts"),
    /viewportWidth: sides\.length === 0 \? undefined : Math\.min\(\.\.\.sides\)/,
  ],
  environmentAt: [
    /@param name default: the host and port/,
    src("launch/environments.ts"),
    /name \?\? url\.host/,
  ],
  emulatorAt: [/@param name default: `emulator`/, src("launch/environments.ts"), /name = "emulator"/],
  "LoginOutcome.session": [
    /Default `\{ sub \}`/,
    src("relying-party/complete-login.ts"),
    /decided\.session \?\? \{ sub: login\.sub \}/,
  ],
  "LoginOutcome.returnTo": [
    /^the login's `returnTo`/,
    src("relying-party/complete-login.ts"),
    /decided\?\.returnTo, login\.returnTo\)/,
  ],
  "SigningOutcome.returnTo": [
    /^the signature's `returnTo`/,
    src("relying-party/signing/conclude.ts"),
    /returnTo, record\.returnTo\)/,
  ],
  "RelyingPartyOptions.requiredAcrValues": [
    /Default, without `acrValues`: `acr` is not checked/,
    src("relying-party/options/option-readers.ts"),
    /if \(asked !== undefined && required === undefined\) \{\s*throw/,
  ],
  "RelyingPartyOptions.clientAssertionAudience": [
    /Default `"token-endpoint"`/,
    src("relying-party/options/option-readers.ts"),
    /value === undefined \|\| value === "token-endpoint"\) return tokenEndpoint/,
  ],
  "RelyingPartyOptions.sessionIdleLimit": [
    /^it lasts for its lifetime/,
    src("relying-party/options/read-options.ts"),
    /idleLimit = readWhole\("sessionIdleLimit", options\.sessionIdleLimit, \[60, lifetime\]\);/,
  ],
  "RelyingPartyOptions.keys": [
    /^`remoteKeys` of the environment's `jwksUri`/,
    src("relying-party/options/read-options.ts"),
    /readKeys\(options\.keys\) \?\? remoteKeys\(environment\.jwksUri/,
  ],
  "PageText.resume": [/^go on/, src("relying-party/page/error-page.ts"), /text\.resume \?\? \[/],
  "ClientOptions.clientKeyAlgorithm": [
    /an RSA JWK that does not say signs RS256/,
    src("relying-party/service/client-key.ts"),
    /agreed\(algorithmOfJwk\(clientKey\), clientKeyAlgorithm\) \?\? "RS256"/,
  ],
  "ClientOptions.clientKeyId": [
    /^that of the JWK, if it has one/,
    src("relying-party/service/client-key.ts"),
    /clientKeyId \?\? /,
  ],
  "TokenRequestOptions.clientAssertionAudience": [
    /the token endpoint's URL, which is the default/,
    src("relying-party/service/token-request.ts"),
    /options\.clientAssertionAudience \?\? environment\.tokenEndpoint/,
  ],
  "UserInfoOptions.grantedScopes": [
    /^all four/,
    src("relying-party/service/user-info.ts"),
    /grantedScopes = basicItemScopes,/,
  ],
  "SigningMethod.scheme": [
    /^`rsa-pkcs1-sha256` for `digest-info`, `rsa-pkcs1-bare` for `bare`/,
    src("relying-party/signature-api/method.ts"),
    /rsa = form === "bare" \? "rsa-pkcs1-bare" : "rsa-pkcs1-sha256";\s*const scheme = method\.scheme \?\? rsa;/,
  ],
  SigningNamesChoice: [
    /the others keep their defaults/,
    src("relying-party/signature-api/names.ts"),
    /return \{ \.\.\.defaults, \.\.\.Object\.fromEntries\(given\) \}/,
  ],
  "OpenSignatureResultOptions.read": [
    /^JSON with the signature and the certificate in base64/,
    src("relying-party/signature-api/payload.ts"),
    /read === undefined \? readMembers\(payload, names\)/,
  ],
  "StartSignatureOptions.accessToken": [
    /^one is fetched by client credentials/,
    src("relying-party/signature-api/start-signature.ts"),
    /accessToken === undefined\) \{\s*return \(await requestClientCredentialsToken/,
  ],
  ClientOf: [
    /`proxies` \(default 1\)/,
    src("relying-party/options/start-options.ts"),
    /proxies, \[1, 16\]\) \?\? 1 \}/,
  ],
  "SigningOptions.clientOf": [
    /^the person who is logged in; all others are one/,
    src("relying-party/signing/quota.ts"),
    /clientOf === undefined\) return known === undefined \? undefined : `person \$\{known\.who\}`/,
  ],
  "StoreConformanceOptions.advance": [
    /keep values for one second and ask again until they are gone, for ten seconds at most/,
    src("relying-party/storage/store-conformance.ts"),
    /asked < \(advance === undefined \? 100 : 1\)[\s\S]*setTimeout\(resolve, 100\)/,
  ],
  "CreateSignedPackageOptions.claims": [
    /^`createdAt` is `now`; profile, environment and report are those found here/,
    src("signed-package/create.ts"),
    /claims: \{ createdAt: given\.now, profile: null[\s\S]*text\(\{ \.\.\.found, \.\.\.claimed \}\)/,
  ],
  "VerifySignedPackageOptions.revocation.clockTolerance": [
    /Default 300\./,
    crate("boundary/signed_package.rs"),
    /const CLOCK_SKEW: i64 = 300;[\s\S]*map_or\(CLOCK_SKEW, i64::from\)/,
  ],
  "VerifySignedPackageOptions.revocation.require": [
    /Default `"certificate"`/,
    crate("boundary/signed_package.rs"),
    /required: true,[\s\S]*unwrap_or\(read\.required\)/,
  ],
  fetchModule: [
    /default: the hash of this package's own module/,
    src("wasm/fetch-module.ts"),
    /integrity: string \| null = packaged/,
  ],
  "InitInput.integrity": [
    /^the hash of this package's own module/,
    src("wasm/fetch-module.ts"),
    /integrity: string \| null = packaged/,
  ],
};
