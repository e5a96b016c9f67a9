import type { Exchange } from "../http/exchange.js";
import type { BegunLogin } from "../login/login-cookie.js";
import { type Counted, Quota } from "../login/quota.js";
import { keyedDigest } from "../storage/keyed-digest.js";
import { signingCallback } from "./callback.js";
import { PendingCookies } from "./pending-cookie.js";
import { MAX_RECORD_CHARACTERS, Records } from "./record.js";
import { resume } from "./resume.js";
import type { SigningRules } from "./rules.js";
import { sign } from "./sign.js";

const counted: Counted = {
  prefix: "starts",
  name: "signatures",
  option: "signing",
  code: "signature-quota-exceeded",
};

/** All that a handler does with signatures. */
export interface Wing {
  sign(exchange: Exchange): Promise<Response>;
  resume(exchange: Exchange): Promise<Response>;
  /** @param id the ID of the record */
  callback(exchange: Exchange, begun: BegunLogin, id: string): Promise<Response>;
  /** The signatures of this browser. */
  readonly pending: PendingCookies;
}

export function openWing(rules: SigningRules): Wing {
  const { store, lifetime, limits, clientOf, owner, now, seal, secret, purpose } = rules;
  const records = new Records({
    store,
    sealer: seal("signature-record", MAX_RECORD_CHARACTERS),
    lifetime,
    now,
  });
  const pending = new PendingCookies({ owner, sealer: seal("signature"), records, lifetime });
  const nameOf = keyedDigest(secret, purpose("signature-starts"));
  const quota = new Quota({ store, counted, lifetime, limits, clientOf, nameOf, tag: owner.tag, now });
  const route = { ...rules, records, pending, quota };
  return {
    pending,
    sign: (exchange) => sign(route, exchange),
    resume: (exchange) => resume(route, exchange),
    callback: (exchange, begun, id) => signingCallback(route, exchange, begun, id),
  };
}
