// The environments for which this repository has everything, and what judges them all.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment, Row } from "./environment.ts";
import { environments } from "./environments.ts";
import { judge } from "./judge.ts";
import { withTable } from "./report.ts";
import { runEnvironment } from "./run-environment.ts";

let outcome: Record<string, unknown> = {};

const local = environments.filter(({ isLocal }) => isLocal);

for (const environment of local) {
  test(`${environment.title} does what it has to`, async () => {
    const seen: Environment = {
      ...environment,
      run: (project, place) =>
        environment.run(project, (title, extent, work) =>
          place(title, extent, async () => {
            const things = (await work()) as Record<string, unknown>;
            if (extent === "server") outcome = things;
            return things;
          }),
        ),
    };
    const rows = await runEnvironment(seen);
    assert.deepEqual(
      rows.filter(({ failure, notPossible }) => failure !== undefined || notPossible !== undefined),
      [],
    );
    assert.ok(rows.length >= 2);
  });
}

test("each thing that is missing or different is a failure", () => {
  judge(outcome, "server");
  judge({ ...outcome, login: undefined, element: "/auth/login?lang=ja" }, "page");
  const others = {
    accepted: "another",
    refused: "key-unknown",
    certificate: "jpki-auth-test",
    qr: "<svg></svg>",
    authorization: "https://another.example/?client_id=shop",
    error: "an error",
  };
  const login = outcome.login as object;
  const changed = [
    ...Object.entries(others).flatMap(([name, value]) => [{ [name]: value }]),
    ...Object.keys(others).flatMap((name) => (name === "error" ? [] : [{ [name]: undefined }])),
    { login: { ...login, status: 200 } },
    { login: { ...login, location: "https://another.example/" } },
    { login: { ...login, cookies: [] } },
    { login: undefined },
  ];
  for (const change of changed)
    assert.throws(() => judge({ ...outcome, ...change }, "server"), JSON.stringify(change));
  assert.throws(() => judge({ ...outcome, element: null }, "page"));
  assert.throws(() => judge(outcome, "no WebAssembly"));
});

test("a place that fails does not keep the others from running", async () => {
  const [first] = local;
  assert.ok(first);
  const rows = await runEnvironment({
    ...first,
    name: "failing",
    run: async (_, place) => {
      await place("first", "server", async () => assert.fail("planted"));
      await place("second", "server", async () => outcome);
    },
  });
  assert.deepEqual(rows, [
    { place: "first", extent: "server", failure: "planted" },
    { place: "second", extent: "server" },
  ]);
});

test("the table has what ran now, and keeps what others gave with the same version", () => {
  const environment = (name: string, version: string): Environment => ({
    ...{ name, title: name.toUpperCase(), version, files: new URL("./", import.meta.url), packages: {} },
    run: async () => {},
  });
  const environments = [environment("a", "1"), environment("b", "1"), environment("c", "2")];
  const [a, , c] = environments as [Environment, Environment, Environment];
  const page = (...lines: string[]) =>
    [
      "before\n\n<!-- The table is written by `npm run test:matrix -- --write`. -->\n",
      "| environment | version | place | things | result |\n|---|---|---|---|---|",
      ...lines,
      "\n<!-- End of the table. -->\nafter\n",
    ].join("\n");
  const before = page(
    "| A | 1 | import | six | ok |",
    "| B | 1 | first | six | ok |",
    "|  |  | second | five | **failed** |",
    "| C | 1 | import | six | ok |",
  );
  const rows: readonly Row[] = [
    { place: "import", extent: "server", failure: "planted" },
    { place: "require", extent: "worker", notPossible: "it cannot" },
    { place: "page", extent: "page" },
  ];
  assert.equal(
    withTable(before, environments, [{ environment: a, rows }]),
    page(
      "| A | 1 | import | six | **failed** |",
      "|  |  | require | five | not possible: it cannot |",
      "|  |  | page | five, element | ok |",
      "| B | 1 | first | six | ok |",
      "|  |  | second | five | **failed** |",
      "| C | 2 | | | not run |",
    ),
  );
  assert.equal(
    withTable(before, [c], [{ environment: c, rows: [{ place: "import", extent: "no WebAssembly" }] }]),
    page("| C | 2 | import | two, element; `webassembly-unavailable` | ok |"),
  );
  assert.throws(() => withTable("no table", environments, []));
});
