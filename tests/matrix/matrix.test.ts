// The environments for which this repository has everything, and what judges them all.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "./environment.ts";
import { environments } from "./environments.ts";
import { judge } from "./judge.ts";
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
