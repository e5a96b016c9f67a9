// Thousands of handoffs on two servers that share a store and are killed: each one completes once, for its own computer and its own
// person, or ends in a page that says why. HONNIN_SEED=… repeats the choices, but not the moments in which processes run.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { seeded } from "../bench/statistics.ts";
import { skip } from "../stores/redis-server.ts";
import { figures } from "./figures.ts";
import { onRedis } from "./redis-sites.ts";
import { roles } from "./roles.ts";
import { BUSY, isUndisturbed, runHandoffs } from "./run.ts";
import type { StartSites } from "./sites.ts";
import { GONE } from "./story.ts";
import { inWorkerd } from "./workerd-sites.ts";

const seed = Number(process.env.HONNIN_SEED ?? 1);
const handoffs = Number(process.env.HONNIN_HANDOFFS ?? 5_000);

/** Codes of handoffs that were ended: by a person, by too many guesses. */
const ended = ["handoff-cancelled", "handoff-tries-exhausted"];
/** The code if a process died after it had taken the login, and before anyone learned of it. */
const unknown = "authorization-code-spent";

/** Why it may be, other than a fault. */
const LATE = "is the machine too busy?";

async function hold(t: TestContext, start: StartSites, most: number): Promise<void> {
  // A shorter run has fewer moments for them.
  const kills = Math.min(most, Math.ceil(handoffs / 100));
  const run = await runHandoffs(start, {
    handoffs,
    atOnce: Math.min(250, handoffs / 4),
    kills,
    random: seeded(seed),
  });
  const { outcomes, entries, service } = run;
  t.diagnostic(`seed ${seed}`);
  for (const line of figures(run)) t.diagnostic(line);

  assert.equal(outcomes.length, handoffs);
  for (const outcome of outcomes) {
    const { handoff, person, computer, end, code } = outcome;
    const logins = entries.get(handoff) ?? [];
    const about = JSON.stringify({ outcome, logins });
    if (end === "completed") assert.equal(logins.length, 1, about);
    else if (code === unknown || code === GONE) assert.ok(logins.length <= 1, about);
    else assert.equal(logins.length, 0, about);
    for (const login of logins) assert.deepEqual(login, { handoff, person, browser: computer }, about);
    if (end === "failed") assert.ok([...ended, unknown, BUSY].includes(code ?? ""), about);
    if (isUndisturbed(outcome)) assert.equal(end, "completed", about);
  }
  const known = new Set(outcomes.map(({ handoff }) => handoff));
  for (const handoff of entries.keys()) assert.ok(known.has(handoff), `a login of ${handoff}`);
  // Of the codes, none was presented twice.
  assert.deepEqual(service.refused, {});
  assert.equal(run.kills, kills);
  assert.ok(run.lost.size > 0, "the kills interrupted nothing");
  assert.deepEqual([...new Set(outcomes.map(({ role }) => role))].sort(), [...roles].sort());
  const completed = outcomes.filter(({ end }) => end === "completed").length;
  assert.ok(completed > 0.7 * handoffs, `only ${completed} completed: ${LATE}`);
  for (const end of ["lapsed", "failed"])
    assert.ok(
      outcomes.some((one) => one.end === end),
      end,
    );
}

test("two processes over one Redis, killed one at a time", { skip }, (t) => hold(t, onRedis, 20));
test("two Workers over Durable Objects in one process, which is killed", (t) => hold(t, inWorkerd, 10));
