import { errorResponses } from "./error-responses.js";
import { EmulatorError } from "./errors.js";
import { misbehaviours } from "./misbehaviours.js";
import { nearest } from "./nearest.js";
import type { Person } from "./people.js";
import type { People } from "./people-registry.js";
import { type CardKind, cardKinds, findCardKind } from "./signing/cards.js";
import { signingMisbehaviours } from "./signing/misbehaviours.js";
import type { Bilingual } from "./types.js";

/** The answer to an authorization request, as it can be chosen on the page of the test cards. */
export interface Answer {
  /** The ID of a person. */
  readonly person: string;
  /** `normal`, an error of OAuth, or the ID of a misbehaviour. */
  readonly response: string;
  /** The card that signs, if a signature is requested. */
  readonly card: CardKind;
}

/** An answer for the next authorization request. */
export interface NextAnswer extends Answer {
  /** Of this client only. */
  readonly clientId: string | undefined;
}

const MAX_WAITING = 1_000;
/** What is not said: the ordinary person, nothing wrong, a current card. */
const ordinary: Answer = { person: "ordinary", response: "normal", card: "normal" };

/** The answers to requests without pages: one for all, those for the next ones, and those that a request asks for. */
export class AutoAnswers {
  /** For all requests; `undefined`: a person decides on the pages. */
  always: Answer | undefined;
  #waiting: NextAnswer[] = [];
  readonly #people: People;

  constructor(people: People) {
    this.#people = people;
  }

  /** For all requests. @throws EmulatorError `answer-invalid` */
  check(input: unknown, people = this.#people.list()): Answer {
    const given = typeof input === "string" ? { person: input } : input;
    const { clientId, ...answer } = this.#checked(given, people, ordinary.person);
    if (clientId !== undefined)
      throw wrong("clientId", "は、次のログインにだけ指定できます", "is for the next login only");
    return answer;
  }

  /** For one request; by the person of all requests, if none is named. @throws EmulatorError `answer-invalid` */
  checkNext(input: unknown): NextAnswer {
    return this.#checked(input, this.#people.list(), this.always?.person ?? ordinary.person);
  }

  #checked(input: unknown, people: readonly Person[], usual: string): NextAnswer {
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
      throw wrong(
        "auto",
        'は次の形にしてください: {"person": "ordinary"}',
        'must look like {"person": "ordinary"}',
      );
    }
    const given = input as Record<string, unknown>;
    const names = ["person", "response", "card", "clientId"];
    const other = Object.keys(given).find((name) => !names.includes(name));
    if (other !== undefined) throw unknown(other, "", names);
    const { person = usual, response = ordinary.response, card = ordinary.card, clientId } = given;
    const ids = people.map(({ id }) => id);
    if (typeof person !== "string" || !ids.includes(person)) throw unknown("person", person, ids);
    if (typeof response !== "string" || !responses.includes(response))
      throw unknown("response", response, responses, examples);
    const kind = findCardKind(card);
    if (kind === undefined) throw unknown("card", card, cardKinds);
    if (clientId !== undefined && typeof clientId !== "string")
      throw wrong("clientId", "は文字列にしてください", "must be a string");
    return { person, response, card: kind, clientId };
  }

  /** @throws EmulatorError `answer-invalid` */
  order(input: unknown): NextAnswer {
    if (this.#waiting.length >= MAX_WAITING) {
      throw wrong(
        "",
        `次のログインの予約は ${MAX_WAITING} 件までです`,
        `At most ${MAX_WAITING} logins can be ordered`,
      );
    }
    const next = this.checkNext(input);
    this.#waiting.push(next);
    return next;
  }

  /** What the request itself asks for. @throws EmulatorError `answer-invalid` */
  fromQuery(query: Record<string, unknown>): Answer | undefined {
    const { emulator_person: person, emulator_response: response, emulator_card: card } = query;
    if (person === undefined && response === undefined && card === undefined) return undefined;
    const named = Object.entries({ person, response, card }).filter(([, value]) => value !== undefined);
    const { clientId: _, ...answer } = this.checkNext(Object.fromEntries(named));
    return answer;
  }

  /** The answer for a request of this client; one for the next request is used up. */
  take(clientId: string): Answer | undefined {
    const at = this.#waiting.findIndex((next) => (next.clientId ?? clientId) === clientId);
    const [next] = at < 0 ? [] : this.#waiting.splice(at, 1);
    return next ?? this.always;
  }
}

const responses = [
  "normal",
  ...Object.keys(errorResponses),
  ...[...misbehaviours, ...signingMisbehaviours].map(({ id }) => id),
];

/** They are too many for one sentence. */
const examples: Bilingual = {
  ja: "normal、access_denied などのエラー、wrong-nonce などの異常の ID（GET /emulator/misbehaviours に一覧）のどれかです",
  en: "It is normal, an error such as access_denied, or the ID of a misbehaviour such as wrong-nonce (GET /emulator/misbehaviours lists them).",
};

/** @param choice what there is instead, if the names are not to be listed */
function unknown(
  member: string,
  given: unknown,
  names: readonly string[],
  choice: Bilingual = listOf(names),
): EmulatorError {
  const meant = typeof given === "string" ? nearest(given === "" ? member : given, names) : undefined;
  const shown = typeof given === "string" && given !== "" ? ` “${given.slice(0, 100)}”` : "";
  const [ja, en] =
    meant === undefined
      ? [`。${choice.ja}`, `. ${choice.en}`]
      : [`。${meant} ではありませんか`, `. Did you mean ${meant}?`];
  return wrong(member, `${shown} はありません${ja}`, `${shown} is unknown${en}`);
}

const MAX_LISTED = 20;

function listOf(names: readonly string[]): Bilingual {
  const [listed, more] = [names.slice(0, MAX_LISTED), names.length > MAX_LISTED];
  return {
    ja: `${listed.join("、")}${more ? " など" : " のどれか"}です`,
    en: `There are ${listed.join(", ")}${more ? " and others" : ""}.`,
  };
}

function wrong(member: string, ja: string, en: string): EmulatorError {
  return new EmulatorError("answer-invalid", {
    ja: `${member}${ja}`,
    en: `${member}${member === "" ? "" : " "}${en}`.replace("  ", " "),
  });
}
