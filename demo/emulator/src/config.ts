import type { Answer } from "./auto-answers.js";
import { ClientRegistry } from "./clients.js";
import { EmulatorError } from "./errors.js";
import { nearest } from "./nearest.js";
import { checkFault, checkMode } from "./operations.js";
import type { Person } from "./people.js";
import type { Realm } from "./realm.js";
import { checkLifetime } from "./signing/transactions.js";
import type { Client, Fault, FaultyEndpoint, Mode } from "./types.js";

/** The settings that can change while the emulator runs. */
export interface EmulatorConfig {
  readonly mode: Mode;
  /** By endpoint. */
  readonly faults: Readonly<Record<FaultyEndpoint, Fault>>;
  readonly clients: readonly Client[];
  /** Logins without pages, with this answer; `null`: a person decides on the pages. */
  readonly auto: Answer | null;
  /** People of one's own, beside the fixed ones. */
  readonly people: readonly Person[];
  /** The lifetime of signature transactions that start from now on. */
  readonly signTransactionSeconds: number;
}

/** The settings to change. The others stay, and so does each endpoint that `faults` does not name. */
export type ConfigChanges = Partial<Omit<EmulatorConfig, "faults" | "auto" | "people">> & {
  readonly faults?: Partial<EmulatorConfig["faults"]>;
  /** The ID of a person, or an answer in which all that is left out is ordinary. */
  readonly auto?: string | Partial<Answer> | null;
  readonly people?: readonly OwnPerson[];
};

/** A person as in a file of people. */
export type OwnPerson = Omit<Person, "title"> & { readonly title?: string | Person["title"] };

type Apply = () => void;

/** By member: checks the value, with the people as they will be, and returns what puts it into effect. */
const members: Readonly<
  Record<keyof EmulatorConfig, (realm: Realm, value: unknown, people: readonly Person[]) => Apply>
> = {
  mode: (realm, value) => {
    const mode = checkMode(value);
    return () => {
      realm.mode = mode;
    };
  },
  faults: (realm, value) => {
    if (!isRecord(value)) throw invalid("faults", '{"token": "fail"}');
    const checked = Object.entries(value).map(([endpoint, fault]) => checkFault(endpoint, fault));
    return () => {
      for (const [endpoint, fault] of checked) realm.faults[endpoint] = fault;
    };
  },
  people: (realm, value) => realm.people.prepareOwn(value),
  auto: (realm, value, people) => {
    const answer = value === null ? undefined : realm.answers.check(value, people);
    return () => {
      realm.answers.always = answer;
    };
  },
  clients: (realm, value) => {
    if (!Array.isArray(value)) throw invalid("clients", '[{"clientId": "myshop", …}]');
    const fresh = new ClientRegistry(value);
    return () => realm.clients.become(fresh);
  },
  signTransactionSeconds: (realm, value) => {
    const seconds = checkLifetime(value);
    return () => {
      realm.signing.transactions.lifetime = seconds;
    };
  },
};

/** Of the start only: they decide where the emulator is. */
const fixed = ["host", "port", "publicOrigin", "https"];

export function readConfig({ mode, faults, clients, answers, people, signing }: Realm): EmulatorConfig {
  return {
    mode,
    faults: { ...faults },
    clients: clients.list(),
    auto: answers.always ?? null,
    people: people.own(),
    signTransactionSeconds: signing.transactions.lifetime,
  };
}

/**
 * Changes all of these settings, or none.
 *
 * @throws EmulatorError
 */
export function changeConfig(realm: Realm, changes: unknown): void {
  if (!isRecord(changes)) throw invalid("", "{}");
  const { always } = realm.answers;
  const people = "people" in changes ? realm.people.with(changes.people) : realm.people.list();
  // The person of all answers must not disappear.
  const whole = "people" in changes && always !== undefined ? { auto: always, ...changes } : changes;
  const applies = Object.entries(whole).map(([name, value]) => {
    if (!isMember(name)) throw unknownMember(name);
    return members[name](realm, value, people);
  });
  for (const apply of applies) apply();
}

function isMember(name: string): name is keyof EmulatorConfig {
  return Object.hasOwn(members, name);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknownMember(name: string): EmulatorError {
  if (fixed.includes(name)) {
    return new EmulatorError("config-invalid", {
      ja: `${name} は起動時にだけ指定できます。`,
      en: `${name} can be set at the start only.`,
    });
  }
  const names = Object.keys(members);
  const meant = nearest(name, names);
  return new EmulatorError("config-invalid", {
    ja: `${name} という設定はありません。${meant === undefined ? `設定できるのは ${names.join("、")} です。` : `${meant} ではありませんか。`}`,
    en: `There is no setting ${name}. ${meant === undefined ? `There are ${names.join(", ")}.` : `Did you mean ${meant}?`}`,
  });
}

function invalid(name: string, example: string): EmulatorError {
  const [ja, en] = name === "" ? ["設定", "The settings"] : [name, name];
  return new EmulatorError("config-invalid", {
    ja: `${ja} は次の形にしてください: ${example}`,
    en: `${en} must look like ${example}.`,
  });
}
