import { authorizationMisbehaviours } from "./misbehaviours/authorization-response.js";
import { tokenEndpointMisbehaviours, userinfoMisbehaviours } from "./misbehaviours/endpoints.js";
import { idTokenMisbehaviours } from "./misbehaviours/id-token.js";
import type { Misbehaviour } from "./misbehaviours/kinds.js";

/** Misbehaviours of the service to select, which every client must handle. The IDs are stable. */
export const misbehaviours: readonly Misbehaviour[] = [
  ...idTokenMisbehaviours,
  ...tokenEndpointMisbehaviours,
  ...userinfoMisbehaviours,
  ...authorizationMisbehaviours,
];

const byId = new Map(misbehaviours.map((misbehaviour) => [misbehaviour.id, misbehaviour]));

export function findMisbehaviour(id: unknown): Misbehaviour | undefined {
  return typeof id === "string" ? byId.get(id) : undefined;
}
