// How each documented default is checked. What is in none of these tables is not known how to check, and fails the test.

const src = (path: string) => `js/src/${path}`;
const crate = (path: string) => `crate/src/${path}`;

/** The file that reads the options of an interface and fills in what is left out. */
export const readers: Readonly<Record<string, string>> = {
  BoundedFetchOptions: src("bounded-fetch.ts"),
  RemoteKeysOptions: src("id-token/fetched-keys.ts"),
  AuthorizationRequestOptions: src("launch/authorization-request.ts"),
  AuthorizationResponseExpectation: src("launch/check-response.ts"),
  LaunchHints: src("launch/choose-launch.ts"),
  QrOptions: src("launch/qr.ts"),
  RelyingPartyOptions: src("relying-party/options/read-options.ts"),
  NodeOptions: src("relying-party/node/node-options.ts"),
  HandoffOptions: src("relying-party/options/handoff-options.ts"),
  HandoffClientLimits: src("relying-party/options/client-options.ts"),
  ClientAssertionOptions: src("relying-party/service/client-assertion.ts"),
  ClientCredentialsOptions: src("relying-party/service/client-credentials.ts"),
  ExchangeCodeOptions: src("relying-party/service/exchange-code.ts"),
  RefreshTokensOptions: src("relying-party/service/refresh-tokens.ts"),
  RetryOptions: src("relying-party/signature-api/retries.ts"),
  SigningMethod: src("relying-party/signature-api/method.ts"),
  SigningErrorNames: src("relying-party/signature-api/names.ts"),
  SigningNames: src("relying-party/signature-api/names.ts"),
  OpenSignatureResultOptions: src("relying-party/signature-api/open-result.ts"),
  StartSignatureOptions: src("relying-party/signature-api/start-signature.ts"),
  SigningLimits: src("relying-party/options/client-options.ts"),
  SigningOptions: src("relying-party/options/signing-options.ts"),
  MemoryStoreOptions: src("relying-party/storage/memory-store.ts"),
  RedisStoreOptions: src("relying-party/stores/redis/redis-store.ts"),
  CreateSignedPackageOptions: src("signed-package/create.ts"),
};

/** Members that another file reads, or that are called otherwise there. */
export const readElsewhere: Readonly<Record<string, readonly [file: string, name: string]>> = {
  "RemoteKeysOptions.fetch": [src("bounded-fetch.ts"), "fetch"],
  "RelyingPartyOptions.timeout": [src("bounded-fetch.ts"), "timeout"],
  "RelyingPartyOptions.maxBytes": [src("bounded-fetch.ts"), "maxBytes"],
  "RelyingPartyOptions.requiredScopes": [src("relying-party/options/option-readers.ts"), "requiredScopes"],
  "VerifyIdTokenOptions.now": [src("id-token/verify-id-token.ts"), "now"],
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
  defaultInputBytes: [
    /^The default of `limits\.inputBytes`/,
    src("verifier/parts.ts"),
    /typeof limit === "number" \? limit : defaultInputBytes;/,
  ],
  "CertificateLimits.inputBytes": [
    /Default 67,108,864;/,
    src("verifier/parts.ts"),
    /defaultInputBytes = 67_108_864;/,
  ],
  "CommonCertificateOptions.anchorConstraints": [
    /`"apply"` \(default\)/,
    crate("x509/anchor.rs"),
    /enum AnchorConstraints \{[^}]*#\[default\]\s*Apply,/,
  ],
  "JpkiProfile.cards": [
    /^neither/,
    crate("boundary/profile_options.rs"),
    /cards: members\.word\("cards", CARDS\)\?,/,
  ],
  "JpkiProfile.unit": [
    /^any that does not belong to the other hierarchy/,
    crate("jpki/names.rs"),
    /match \(unit\.and_then\(Hierarchy::of_unit\), profile\.unit\)/,
  ],
  "JpkiProfile.extendedKeyUsage": [
    /^the extension must be missing/,
    crate("jpki/leaf.rs"),
    /Some\(_\) if wanted\.is_empty\(\) => Err/,
  ],
  "JpkiCertificateOptions.cards": [
    /Default `"production"`/,
    crate("boundary/profile_options.rs"),
    /cards\.unwrap_or\(Cards::Production\)/,
  ],
  "GeneralCertificateOptions.explicitPolicy": [
    /^true if `policies` is set/,
    crate("boundary/certificate_options.rs"),
    /flag\("explicitPolicy"\)\?\.unwrap_or\(policies\)/,
  ],
  "CommonSignatureOptions.ecdsaForm": [
    /Default `"der"`/,
    crate("boundary/signature.rs"),
    /form\.unwrap_or\(EcdsaForm::Der\)/,
  ],
  readNow: [
    /@param now default: the clock of this machine/,
    src("time.ts"),
    /function readNow\(now: unknown\): number \{\s*return readClock\(now\)\(\);/,
  ],
  readClock: [
    /@param now default: the clock of this machine/,
    src("time.ts"),
    /if \(now === undefined\) return \(\) => Date\.now\(\) \/ 1000;/,
  ],
  "RemoteKeysOptions.cache": [
    /^only the memory of this object/,
    src("id-token/fetched-keys.ts"),
    /this\.#cache = cache;[\s\S]*const cache = this\.#cache;\s*if \(cache === undefined\) return undefined;/,
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
    /^the shorter side of `screen`/,
    src("launch/choose-launch.ts"),
    /viewportWidth: sides\.length === 0 \? undefined : Math\.min\(\.\.\.sides\)/,
  ],
  environmentAt: [
    /@param name default: the host and port/,
    src("launch/environments.ts"),
    /name \?\? url\.host/,
  ],
  emulatorAt: [/@param name default: `emulator`/, src("launch/environments.ts"), /name = "emulator"/],
  "LoginOutcome.sessionData": [
    /Default `\{ sub \}`/,
    src("relying-party/complete-login.ts"),
    /decided\.sessionData \?\? \{ sub: login\.sub \}/,
  ],
  "LoginOutcome.returnTo": [
    /^`returnTo` of the login/,
    src("relying-party/complete-login.ts"),
    /decided\?\.returnTo, login\.returnTo\)/,
  ],
  "SigningOutcome.returnTo": [
    /^`returnTo` of the signature/,
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
    /^no limit within the lifetime/,
    src("relying-party/options/read-options.ts"),
    /idleLimit = readWhole\("sessionIdleLimit", options\.sessionIdleLimit, \[60, lifetime\]\);/,
  ],
  "RelyingPartyOptions.logErrors": [
    /^if there is no `onError`/,
    src("relying-party/options/read-options.ts"),
    /options\.logErrors === undefined \? onError === undefined :/,
  ],
  "DiagnoseOptions.origin": [
    /^not compared/,
    src("relying-party/diagnosis/diagnose.ts"),
    /if \(origin !== undefined && URL\.canParse\(origin\)/,
  ],
  "NodeOptions.addressHeader": [
    /^no header/,
    src("relying-party/node/to-request.ts"),
    /if \(addressHeader !== undefined\) \{\s*headers\.delete/,
  ],
  "RelyingPartyOptions.keys": [
    /^`remoteKeys` of the environment's `jwksUri`/,
    src("relying-party/options/read-options.ts"),
    /readKeys\(options\.keys\) \?\? fetchedKeys\(environment\.jwksUri/,
  ],
  "PageText.resume": [
    /^resume it/,
    src("relying-party/page/error-page.ts"),
    /text\.resume \?\? \[canResume\]/,
  ],
  "ClientOptions.clientKeyAlgorithm": [
    /for an RSA JWK without `alg`, RS256/,
    src("relying-party/service/client-key.ts"),
    /agreed\(algorithmOfJwk\(clientKey\), clientKeyAlgorithm\) \?\? "RS256"/,
  ],
  "ClientOptions.clientKeyId": [
    /^`kid` of the JWK or `keyId` of the signer, if it has one/,
    src("relying-party/service/client-key.ts"),
    /clientKeyId \?\? /,
  ],
  "TokenRequestOptions.clientAssertionAudience": [
    /the URL of the token endpoint \(default\)/,
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
  CompleteMethod: [
    /A method with its defaults/,
    src("relying-party/signature-api/method.ts"),
    /scheme = method\.scheme \?\? rsa;[\s\S]*ecdsaForm: ecdsaForm \?\? "der"/,
  ],
  readRetries: [
    /retries with their defaults/,
    src("relying-party/signature-api/retries.ts"),
    /attempts: .* \?\? [\d.]+,\s*delay: .* \?\? [\d.]+,\s*maxDelay: .* \?\? [\d.]+,/,
  ],
  SigningNamesChoice: [
    /The others keep their defaults/,
    src("relying-party/signature-api/names.ts"),
    /return \{ \.\.\.defaults, \.\.\.Object\.fromEntries\(given\) \}/,
  ],
  "OpenSignatureResultOptions.read": [
    /^JSON with the signature and the certificate in base64/,
    src("relying-party/signature-api/payload.ts"),
    /read === undefined \? readMembers\(payload, names\)/,
  ],
  "StartSignatureOptions.accessToken": [
    /^one is requested with client credentials/,
    src("relying-party/signature-api/start-signature.ts"),
    /accessToken === undefined\) \{[^}]*grant_type: "client_credentials"/,
  ],
  ClientOf: [
    /`proxies` \(default 1\)/,
    src("relying-party/options/client-options.ts"),
    /proxies, \[1, 16\]\) \?\? 1 \}/,
  ],
  "SigningOptions.clientOf": [
    /^the logged-in user; all others count as one client/,
    src("relying-party/login/quota.ts"),
    /clientOf === undefined\) return known === undefined \? undefined : `person \$\{known\.who\}`/,
  ],
  "HandoffOptions.lifetime": [
    /Default 600, as a login has/,
    src("relying-party/options/handoff-options.ts"),
    /read\("lifetime", 60, 900\) \?\? 600;/,
  ],
  "HandoffOptions.codeLifetime": [
    /Default 300, or `lifetime` if it is less/,
    src("relying-party/options/handoff-options.ts"),
    /read\("codeLifetime", 30, lifetime\) \?\? Math\.min\(300, lifetime\)/,
  ],
  "HandoffOptions.numberLifetime": [
    /Default 180, or `lifetime` if it is less/,
    src("relying-party/options/handoff-options.ts"),
    /read\("numberLifetime", 30, lifetime\) \?\? Math\.min\(180, lifetime\)/,
  ],
  "HandoffOptions.clientOf": [
    /^the logged-in user; all others count as one client/,
    src("relying-party/login/quota.ts"),
    /clientOf === undefined\) return known === undefined \? undefined : `person \$\{known\.who\}`/,
  ],
  withRevocation: [
    /By default, a signature is accepted only if its certificate is known not to be revoked/,
    src("relying-party/options/signing-options.ts"),
    /require: revocation\.require \?\? "certificate"/,
  ],
  "OpenOptions.verify": [
    /The default of `revocation\.require` is `certificate` here/,
    src("relying-party/options/signing-options.ts"),
    /withRevocation\(checkVerify\([\s\S]*require: revocation\.require \?\? "certificate"/,
  ],
  "StoreConformanceOptions.advance": [
    /store values for one second and wait until they are gone, for at most ten seconds/,
    src("relying-party/storage/store-conformance.ts"),
    /asked < \(advance === undefined \? 100 : 1\)[\s\S]*setTimeout\(resolve, 100\)/,
  ],
  "CreateSignedPackageOptions.claims": [
    /^`createdAt` is `now`; profile, cards and report come from the verification/,
    src("signed-package/create.ts"),
    /claims: \{ createdAt: given\.now, profile: null[\s\S]*environment: verified\.profile\?\.cards[\s\S]*text\(\{ \.\.\.found, \.\.\.claimed \}\)/,
  ],
  "VerifySignedPackageOptions.revocation.clockTolerance": [
    /Default 300\./,
    crate("boundary/signed_package.rs"),
    /const CLOCK_TOLERANCE: i64 = 300;[\s\S]*map_or\(CLOCK_TOLERANCE, i64::from\)/,
  ],
  "VerifySignedPackageOptions.revocation.require": [
    /Default `"certificate"`/,
    crate("boundary/signed_package.rs"),
    /required: true,[\s\S]*unwrap_or\(read\.required\)/,
  ],
  fetchModule: [
    /default: the hash of the module in this package/,
    src("wasm/fetch-module.ts"),
    /integrity: string \| null = packaged\[name\]/,
  ],
  InitInput: [
    /^the source of the runtime's entry/,
    src("wasm/slot.ts"),
    /const opening = this\.opening \?\? this\.#usual;/,
  ],
  "InitInput.only": [
    /^that of `honnin\/wasm`, which has all functions/,
    src("wasm/instance.ts"),
    /const slot = input\.only === undefined \? whole : idToken;/,
  ],
  "ModuleSource.integrity": [
    /^the hash of the module in this package/,
    src("wasm/fetch-module.ts"),
    /integrity: string \| null = packaged\[name\]/,
  ],
};
