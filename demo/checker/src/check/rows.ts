import { misbehaviours, signingMisbehaviours } from "@honnin/emulator";
import type { Bilingual } from "../bilingual.js";
import { loginStandards, type Standard, signingStandards } from "./standard.js";

/** What the site asks: a login, or a signature. */
export type Procedure = "login" | "sign";

/** One thing that the service does wrong, and what a site has to do about it. */
export interface Row extends Standard {
  readonly id: string;
  readonly procedure: Procedure;
  /** Where the service does it: `id-token`, `token`, `userinfo`, `authorization-response`, or a part of the signature's result. */
  readonly target: string;
  readonly title: Bilingual;
}

interface Ordered {
  readonly id: string;
  readonly target: string;
  readonly title: Bilingual;
}

function rowsOf(
  procedure: Procedure,
  ordered: readonly Ordered[],
  standards: Readonly<Record<string, Standard>>,
): Row[] {
  return ordered.map(({ id, target, title }) => {
    const standard = standards[id];
    if (standard === undefined) throw new Error(`No standard is named for the misbehaviour ${id}.`);
    return { id, procedure, target, title, ...standard };
  });
}

export const loginRows: readonly Row[] = rowsOf("login", misbehaviours, loginStandards);
export const signingRows: readonly Row[] = rowsOf("sign", signingMisbehaviours, signingStandards);
