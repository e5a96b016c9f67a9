// Whether somebody is signed in: from a good login, compared with a visit without one and with a login that was cancelled.
import type { Browser, Page } from "../browser/browser.js";
import { readMarkup } from "../browser/markup.js";
import { placeOf, Trouble } from "../browser/trouble.js";
import type { Sight } from "./options.js";

/** What can be seen of a page, visited by whom it concerns. */
interface Look {
  readonly status: number;
  readonly place: string;
  readonly text: string;
  /** The distinct words of the text. */
  readonly words: ReadonlySet<string>;
}

/** What a way ended with. */
export interface Observation {
  readonly end: Pick<Look, "status" | "place">;
  /** The names of the cookies at the end. */
  readonly cookies: ReadonlySet<string>;
  /** The pages that were then visited, by address. */
  readonly looks: ReadonlyMap<string, Look>;
}

export type Judgement = "in" | "out" | { readonly unclear: string };

export interface Judge {
  /** The pages to look at after each way. */
  readonly pages: readonly URL[];
  /** How a signed-in person is recognised, for the report. */
  readonly sign: string;
  judge(observation: Observation): Judgement;
}

/** Where to look. */
export interface Scene {
  readonly pages: readonly URL[];
  /** The address whose cookies count. */
  readonly site: URL;
  /** The emulator's origin: a page that leads there shows nothing of its own. */
  readonly service: string;
}

const unreadable: Pick<Look, "text" | "words"> = { text: "", words: new Set() };

const MAX_WORDS = 20_000;

/** Words without digits: with digits they are times, amounts and tokens, which change by themselves. */
function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [word] of text.matchAll(/[\p{L}\p{N}_-]+/gu)) {
    if (!/\p{N}/u.test(word)) words.add(word);
    if (words.size >= MAX_WORDS) break;
  }
  return words;
}

/** `page` is `undefined` for somebody who only looks. @throws Trouble */
export async function observe(browser: Browser, page: Page | undefined, scene: Scene): Promise<Observation> {
  const looks = new Map<string, Look>();
  for (const url of scene.pages) looks.set(url.href, await look(browser, url, scene.service));
  const end = page ?? { status: 0, url: scene.site };
  return {
    end: { status: end.status, place: placeOf(end.url) },
    cookies: new Set(await browser.cookieNames(scene.site)),
    looks,
  };
}

async function look(browser: Browser, url: URL, service: string): Promise<Look> {
  try {
    const page = await browser.go({ method: "GET", url }, undefined, ({ origin }) => origin === service);
    if (page.stopped !== undefined) return { status: 0, place: service, ...unreadable };
    const { text } = readMarkup(page.text, page.contentType, page.url);
    return { status: page.status, place: placeOf(page.url), text, words: wordsOf(text) };
  } catch (error) {
    if (!(error instanceof Trouble) || error.kind === "no-answer" || error.kind === "unreachable")
      throw error;
    // A page that redirects in circles, or away, for those who are not signed in.
    return { status: 0, place: error.place, ...unreadable };
  }
}

export interface Examples {
  /** Good logins of two people, so that what belongs to one of them is no sign. */
  readonly good: readonly Observation[];
  /** A visit without a login, and a login that was cancelled. */
  readonly none: readonly Observation[];
}

/** The judge that the user described. `undefined`: what the user described is not so. */
export function judgeBySight(sight: Sight, { good, none }: Examples): Judge | undefined {
  const sees = ({ looks }: Observation): boolean => {
    const seen = looks.get(sight.url.href);
    if (seen === undefined || seen.status !== sight.status || seen.place !== placeOf(sight.url)) return false;
    return sight.text === undefined || seen.text.includes(sight.text);
  };
  if (!good.every(sees) || none.some(sees)) return undefined;
  const { pathname, search } = sight.url;
  return {
    pages: [sight.url],
    sign: `${pathname}${search} ${sight.status}${sight.text === undefined ? "" : ` “${sight.text}”`}`,
    judge: (observation) => (sees(observation) ? "in" : "out"),
  };
}

/** One thing that distinguishes the examples. */
interface Sign {
  readonly name: string;
  judge(observation: Observation): "in" | "out" | "neither";
}

/** The judge that the examples lead to. `undefined`: nothing distinguishes them. */
export function judgeByExamples(examples: Examples, pages: readonly URL[]): Judge | undefined {
  const fits = (sign: Sign) =>
    examples.good.every((one) => sign.judge(one) === "in") &&
    examples.none.every((one) => sign.judge(one) === "out");
  // What a page shows to whom it concerns decides. Where no page shows a difference, the end and the cookies must agree.
  const deciding = pages.map((url) => lookSign(url, examples)).filter(fits);
  const others = [endSign(examples), cookieSign(examples)].filter(fits);
  const signs = deciding.length > 0 ? deciding : others;
  if (signs.length === 0) return undefined;
  return {
    pages: deciding.length > 0 ? pages : [],
    sign: signs.map(({ name }) => name).join(", "),
    judge(observation) {
      const found = new Map(signs.map((sign) => [sign.name, sign.judge(observation)]));
      const values = new Set(found.values());
      const [only] = values;
      if (values.size === 1 && only !== undefined && only !== "neither") return only;
      return { unclear: [...found].map(([name, value]) => `${name}: ${value}`).join(", ") };
    },
  };
}

function endSign({ good }: Examples): Sign {
  const of = ({ end: { status, place } }: Observation) => `${status} ${place}`;
  const known = new Set(good.map(of));
  return { name: `ends at ${[...known].join(", ")}`, judge: (one) => (known.has(of(one)) ? "in" : "out") };
}

function cookieSign({ good, none }: Examples): Sign {
  const names = [...(good[0]?.cookies ?? [])].filter(
    (name) =>
      good.every(({ cookies }) => cookies.has(name)) && !none.some(({ cookies }) => cookies.has(name)),
  );
  return {
    name: `cookie ${names.join(", ")}`,
    judge: ({ cookies }) => (names.length > 0 && names.some((name) => cookies.has(name)) ? "in" : "out"),
  };
}

/** The part of the distinguishing words that must say the same. */
const CLEAR = 0.75;

/** What a page shows: another status or place, or other words. */
function lookSign(url: URL, { good, none }: Examples): Sign {
  const of = (one: Observation) => one.looks.get(url.href);
  const [goods, nones] = [good.map(of), none.map(of)];
  const words = (looks: readonly (Look | undefined)[], others: readonly (Look | undefined)[]) =>
    [...(looks[0]?.words ?? [])].filter(
      (word) => looks.every((one) => one?.words.has(word)) && !others.some((one) => one?.words.has(word)),
    );
  const [inWords, outWords] = [words(goods, nones), words(nones, goods)];
  const answer = (one: Look | undefined) => `${one?.status} ${one?.place}`;
  const [inAnswers, outAnswers] = [new Set(goods.map(answer)), new Set(nones.map(answer))];
  const byAnswer = ![...inAnswers].some((one) => outAnswers.has(one));
  const hint = byAnswer ? "" : ` “${(inWords[0] ?? outWords[0] ?? "").slice(0, 40)}”`;
  return {
    name: `GET ${url.pathname}${hint}`,
    judge(observation) {
      const seen = of(observation);
      if (seen === undefined) return "neither";
      if (byAnswer && inAnswers.has(answer(seen)) !== outAnswers.has(answer(seen)))
        return inAnswers.has(answer(seen)) ? "in" : "out";
      const all = inWords.length + outWords.length;
      if (all === 0) return "neither";
      // A few words may change with the time or the kind of refusal.
      const fitting =
        inWords.filter((word) => seen.words.has(word)).length +
        outWords.filter((word) => !seen.words.has(word)).length;
      return fitting >= all * CLEAR ? "in" : fitting <= all * (1 - CLEAR) ? "out" : "neither";
    },
  };
}
