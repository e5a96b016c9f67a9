// The import rules of docs/architecture.md as data. A file that is not listed may import anything that does not create a cycle.

/** Each is counted separately; a cycle may go through all of them. */
export const folders = ["js/src", "js/test", "demo", "tests"];

const src = (...names) => names.map((name) => `js/src/${name}`);
const wing = (...names) => names.map((name) => `js/src/relying-party/${name}`);

const ground = src(
  ...[
    "error.ts",
    "error-codes.ts",
    "report.ts",
    "base64.ts",
    "protocol-text.ts",
    "secure-url.ts",
    "strict-json.ts",
  ],
  ...["on-demand.ts", "single-flight.ts", "bounded-bytes.ts", "bounded-fetch.ts", "time.ts"],
);
/** The imports of the relying party from outside its folder. */
const outside = [...ground, ...src("index.ts", "id-token/index.ts", "launch")];
const wingGround = wing(
  "errors.ts",
  "problem.ts",
  "problem-texts.ts",
  "error-code.ts",
  "option-checks.ts",
  "digest.ts",
);

const bench = (...names) => names.map((name) => `tests/bench/${name}`);

const rule = (from, to, about) => ({ from, to, about });

export const rules = [
  rule(ground, [], "the ground knows nothing of what stands on it"),
  rule(
    src("launch"),
    src("error.ts", "error-codes.ts", "report.ts", "secure-url.ts"),
    "launch stands on errors and addresses alone",
  ),
  rule(
    src("element"),
    [...ground, ...src("launch")],
    "element stands on launch: no WebAssembly, nothing of a server",
  ),
  rule(src("cli"), [], "the command line is a program of its own"),
  rule(src("wasm"), ground, "wasm stands on the ground"),
  rule(src("verifier"), [...ground, ...src("wasm")], "verifier is the one that calls wasm"),
  rule(src("documents"), [...ground, ...src("verifier")], "documents → verifier"),
  rule(src("certificates"), [...ground, ...src("verifier")], "certificates → verifier"),
  rule(src("id-token"), [...ground, ...src("verifier")], "id-token → verifier"),
  rule(
    src("signed-package"),
    [...ground, ...src("verifier", "certificates", "documents")],
    "signed-package → certificates, documents, verifier",
  ),
  rule(
    src("index.ts"),
    [...ground, ...src("verifier", "certificates", "documents", "id-token", "signed-package", "wasm")],
    "index collects what is public",
  ),
  rule(
    src("entries"),
    src("index.ts", "id-token/index.ts", "wasm", "error.ts"),
    "entries → index → the rest",
  ),

  rule(wingGround, ground, "the ground of the relying party stands on that of the package"),
  rule(wing("storage"), [...ground, ...wingGround], "storage knows neither requests nor the service"),
  rule(
    wing("stores"),
    [...ground, ...wingGround, ...wing("storage/store.ts")],
    "stores are entries of their own: they know the type of a store only",
  ),
  rule(
    wing("node"),
    [...ground, ...wingGround, ...wing("http/site.ts")],
    "the bridge to Node's servers is an entry of its own: it knows the routes only",
  ),
  rule(wing("http"), [...ground, ...wingGround], "http stands on the ground"),
  rule(wing("service"), [...outside, ...wingGround], "service knows nothing of requests to the site"),
  rule(
    wing("signature-api"),
    [...outside, ...wingGround, ...wing("service"), ...src("documents", "verifier")],
    "signature-api knows nothing of a request",
  ),
  rule(wing("page"), [...ground, ...wing("http", "hooks.ts")], "pages know errors, not how they came about"),
  rule(
    wing("login"),
    [...outside, ...wingGround, ...wing("storage", "http", "service", "hooks.ts")],
    "login → service, http, storage; not signing, and not everything that a handler is made of",
  ),
  rule(
    wing("signing"),
    [
      ...[...outside, ...wingGround, ...src("documents")],
      ...wing("storage", "http", "service", "signature-api", "login", "hooks.ts", "signing-hooks.ts"),
    ],
    "signing → signature-api, login, service, http, storage; not everything that a handler is made of",
  ),
  rule(
    wing("handoff"),
    [...outside, ...wingGround, ...wing("storage", "http", "service", "login", "page", "hooks.ts")],
    "handoff → login, page, service, http, storage; not everything that a handler is made of",
  ),
  rule(
    wing("hooks.ts", "signing-hooks.ts"),
    [...outside, ...wing("http", "service", "signature-api")],
    "hooks are types for a site",
  ),
  rule(
    wing("setup.ts"),
    wing("hooks.ts", "events.ts", "login", "signing", "handoff", "page"),
    "setup.ts says in types what a handler is made of",
  ),

  rule(["demo/checker/src/browser"], [], "the checker's browser knows neither the service nor its rows"),
  rule(
    ["demo/checker/src/check"],
    ["demo/checker/src/browser", "demo/checker/src/bilingual.ts", "demo/emulator/src/index.ts"],
    "a check reports nothing itself, and uses the emulator's public exports only",
  ),
  rule(
    ["demo/checker/src/report"],
    ["demo/checker/src/check/result.ts", "demo/checker/src/check/rows.ts", "demo/checker/src/bilingual.ts"],
    "a report knows results, not how they came about",
  ),

  rule(
    ["tests/bench/jobs", "tests/bench/inside"],
    [
      ...bench("job.ts", "proof.ts", "rounds.ts", "statistics.ts", "fixtures/types.ts", "jobs", "inside"),
      ...src("index.ts"),
    ],
    "jobs run in every environment: nothing of the driver",
  ),
  rule(
    bench("report"),
    [
      ...bench("results.ts", "targets.ts", "statistics.ts", "job.ts", "environments/environment.ts"),
      "tests/support/paths.ts",
    ],
    "the report knows results, not how they came about",
  ),

  // A test compares `docs/errors.md` with the lists of codes, which are not public.
  {
    from: ["demo", "tests"],
    to: ["js/src/error-codes.ts"],
    named: true,
    about: "honnin by its public exports only",
  },
];

export const crateFolder = "crate/src";

/** The modules of the crate from the ground up: each may import those before it. */
const floors = [
  ...[
    "hidden",
    "sort",
    "text",
    "code",
    "report",
    "error",
    "base64",
    "pem",
    "der",
    "json",
    "signature",
    "jose",
    "x509",
    "cms",
    "jpki",
  ],
  ...["signer", "package", "inspect", "boundary", "wasm"],
];
const inCrate = (names) => names.flatMap((name) => [`${crateFolder}/${name}.rs`, `${crateFolder}/${name}`]);

export const crateRules = [
  ...floors.map((name, floor) =>
    rule(inCrate([name]), inCrate(floors.slice(0, floor)), `${name} stands on what comes before it`),
  ),
  {
    ...rule(
      [`${crateFolder}/x509`],
      inCrate(floors.slice(0, floors.indexOf("x509"))),
      "what certificates and lists say does not know what verifies them",
    ),
    except: [`${crateFolder}/x509/verify`],
  },
];
