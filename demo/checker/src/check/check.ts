import { EmulatorError } from "@honnin/emulator";
import { Browser, type Page } from "../browser/browser.js";
import { placeOf, Trouble } from "../browser/trouble.js";
import { readRequest, serviceErrorOf, travel, type Way } from "./journey.js";
import { type Judge, judgeByExamples, judgeBySight, observe, type Scene } from "./judge.js";
import type { CheckOptions, Sight } from "./options.js";
import { type CheckResult, Problem, type RowResult, type Verdict } from "./result.js";
import { loginRows, type Procedure, type Row, signingRows } from "./rows.js";
import { type Asked, openService, type Service } from "./service.js";

/** Two people without special properties. */
const [somebody, somebodyElse] = ["ordinary", "ordinary-woman"] as const;
/** How often a good login is tried after a row, a second apart, before the site counts as broken. */
const GOOD_TRIES = 3;

/** The counter of the endpoint that answers wrongly, by the target of a row. What is not named cannot be avoided. */
const counterOf: Readonly<Record<string, string>> = {
  "id-token": "token",
  token: "token",
  userinfo: "userinfo",
  circumstances: "signResult",
  content: "signResult",
  jwe: "signResult",
  result: "signResult",
};

/**
 * Checks how a site treats what the service does wrong. Ends within the limits of the options, with what it has.
 *
 * @throws Problem if the emulator cannot be used; every other problem is in the result
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { totalSeconds = 900, requestSeconds = 40 } = options;
  const start = Date.now();
  const limits = { deadline: start + totalSeconds * 1000, requestMilliseconds: requestSeconds * 1000 };
  const service = await openService(options.service);
  const rows: RowResult[] = [];
  const signs: string[] = [];
  let problem: Problem | undefined;
  const selected = (some: readonly Row[]) =>
    some.filter(({ id }) => options.only === undefined || options.only.includes(id));
  const wanted = [...selected(loginRows), ...(options.sign === undefined ? [] : selected(signingRows))];
  try {
    options.onService?.(service.issuer);
    const way: Way = { target: options.login, service: service.origin, form: options.form };
    const newBrowser = () => new Browser(limits);
    await introduce(way, service, newBrowser, options);
    const login = new Course({ way, service, newBrowser, limits });
    const courses: [Procedure, Course, Sight | undefined][] = [["login", login, options.signedIn]];
    if (options.sign !== undefined) {
      const signing = { way: { ...way, target: options.sign }, service, newBrowser, limits, before: login };
      courses.push(["sign", new Course(signing), options.signed]);
    }
    for (const [procedure, course, sight] of courses) {
      const some = wanted.filter((row) => row.procedure === procedure);
      if (some.length === 0) continue;
      signs.push(await course.learn(sight, procedure === "login" ? "access_denied" : "sign-cancelled"));
      // A site that waits without end is slow from then on: these rows come last.
      const isSlow = ({ id }: Row) => id.endsWith("-slow");
      for (const row of [...some.filter((one) => !isSlow(one)), ...some.filter(isSlow)]) {
        const result = await course.tryRow(row);
        rows.push(result);
        options.onRow?.(result);
        if (result.verdict === "broken") throw new Problem("site-down", row.id);
      }
    }
  } catch (error) {
    problem = problemOf(error, limits.deadline);
  } finally {
    await service.close();
  }
  for (const row of wanted) {
    if (rows.some((result) => result.row === row)) continue;
    rows.push({ row, verdict: "unchecked", milliseconds: 0 });
  }
  rows.sort((one, other) => wanted.indexOf(one.row) - wanted.indexOf(other.row));
  const startedAt = new Date(start);
  return {
    issuer: service.issuer,
    startedAt,
    milliseconds: Date.now() - start,
    signs,
    rows,
    ...(problem === undefined ? {} : { problem }),
  };
}

function problemOf(error: unknown, deadline: number): Problem {
  if (Date.now() >= deadline && (error instanceof Trouble || error instanceof Problem))
    return new Problem("time-over", error.message);
  if (error instanceof Problem) return error;
  if (error instanceof Trouble) return new Problem(error.kind, error.place);
  throw error;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits for the site, and registers it as it names itself. */
async function introduce(
  way: Way,
  service: Service,
  newBrowser: () => Browser,
  { service: where, waitSeconds = 15 }: CheckOptions,
): Promise<void> {
  const end = Date.now() + waitSeconds * 1000;
  for (;;) {
    try {
      const asked = await readRequest(newBrowser(), way);
      const { clientId = asked.clientId, redirectUri = asked.redirectUri } = "port" in where ? where : {};
      try {
        service.register(clientId, redirectUri);
      } catch (error) {
        const texts = error instanceof EmulatorError ? error.texts : undefined;
        throw new Problem("emulator", texts ?? (error instanceof Error ? error.message : String(error)));
      }
      return;
    } catch (error) {
      if (!(error instanceof Trouble) || error.kind !== "unreachable" || Date.now() >= end) throw error;
      await pause(200);
    }
  }
}

interface CourseOptions {
  readonly way: Way;
  readonly service: Service;
  readonly newBrowser: () => Browser;
  readonly limits: { readonly deadline: number };
  /** What the person does first, if the site demands it: a login, before a signature. */
  readonly before?: Course;
}

/** Logins, or signatures: what a good one looks like, and one for each row. */
class Course {
  readonly #options: CourseOptions;
  #judge: Judge | undefined;
  #scene: Scene | undefined;
  /** Whether the site demands what comes first. */
  #needsBefore = false;

  constructor(options: CourseOptions) {
    this.#options = options;
  }

  /** Returns how a good one is recognised. @throws Trouble, Problem */
  async learn(sight: Sight | undefined, cancelled: string): Promise<string> {
    const { service, way, before, newBrowser } = this.#options;
    this.#needsBefore = before !== undefined && !(await leadsToService(newBrowser(), way));
    const first = await this.#browser(somebody);
    const page = await travel(first, way, { response: "normal", person: somebody });
    const refusal = serviceErrorOf(page);
    if (refusal !== undefined) throw new Problem("request-refused", refusal);
    if (page.status >= 400) throw new Problem("login-refused", `${page.status} ${placeOf(page.url)}`);
    const pages = sight === undefined ? pagesToSee(page) : [sight.url];
    const scene: Scene = { pages, site: page.url, service: service.origin };
    const second = await this.#browser(somebodyElse);
    const secondPage = await travel(second, way, { response: "normal", person: somebodyElse });
    const third = await this.#browser(somebody);
    const cancelledPage = await travel(third, way, { response: cancelled, person: somebody });
    const examples = {
      good: [await observe(first, page, scene), await observe(second, secondPage, scene)],
      none: [
        await observe(third, cancelledPage, scene),
        await observe(await this.#browser(somebody), undefined, scene),
      ],
    };
    const judge = sight === undefined ? judgeByExamples(examples, pages) : judgeBySight(sight, examples);
    if (judge === undefined) {
      if (sight !== undefined) throw new Problem("sight-wrong", placeOf(sight.url));
      throw new Problem("indistinguishable", `${page.status} ${placeOf(page.url)}`);
    }
    this.#judge = judge;
    this.#scene = { ...scene, pages: judge.pages };
    return judge.sign;
  }

  /** Orders the misbehaviour, then sees whether a good one still works. */
  async tryRow(row: Row): Promise<RowResult> {
    const start = Date.now();
    const tried = await this.#attempt(row);
    const milliseconds = Date.now() - start;
    if (Date.now() >= this.#options.limits.deadline) throw new Problem("time-over", row.id);
    const failure = await this.#failureOfGood();
    const { crashed, ...rest } = tried;
    if (failure === undefined && !crashed) return { ...rest, row, milliseconds };
    const detail = [tried.detail, failure].filter((part) => part !== undefined).join("; ");
    return { ...rest, row, verdict: "broken", milliseconds, ...(detail === "" ? {} : { detail }) };
  }

  async #attempt(row: Row): Promise<Omit<RowResult, "row" | "milliseconds"> & { readonly crashed?: true }> {
    const { service, way } = this.#options;
    const browser = await this.#browser(somebody);
    const before = await service.asked();
    let page: Page | undefined;
    let detail: string | undefined;
    try {
      page = await travel(browser, way, { response: row.id, person: somebody });
    } catch (error) {
      if (error instanceof Problem) return { verdict: "unchecked", detail: error.message };
      if (!(error instanceof Trouble)) throw error;
      if (error.kind === "no-answer") return { verdict: "no-answer", place: error.place };
      if (error.kind === "unreachable") return { verdict: "broken", place: error.place, crashed: true };
      detail = error.message;
    }
    const asked = difference(before, await service.asked());
    const at = page === undefined ? {} : { status: page.status, place: placeOf(page.url) };
    const [judge, scene] = [this.#judge, this.#scene];
    if (judge === undefined || scene === undefined) throw new Error("A row is tried before a good login.");
    const judgement = judge.judge(await observe(browser, page, scene));
    let verdict: Verdict = judgement === "in" ? "accepted" : judgement === "out" ? "refused" : "unclear";
    if (typeof judgement === "object") detail = judgement.unclear;
    const counter = counterOf[row.target];
    if (verdict === "accepted" && counter !== undefined && asked?.[counter] === 0) verdict = "not-asked";
    return { verdict, ...at, ...(detail === undefined ? {} : { detail }) };
  }

  /** What became of a good one, if it fails several times; `undefined` if it works. */
  async #failureOfGood(): Promise<string | undefined> {
    for (let tries = 1; ; tries += 1) {
      const failure = await this.#tryGood();
      if (failure === undefined) return undefined;
      if (Date.now() >= this.#options.limits.deadline) throw new Problem("time-over", failure);
      if (tries === GOOD_TRIES) return failure;
      await pause(1_000);
    }
  }

  async #tryGood(): Promise<string | undefined> {
    try {
      const browser = await this.#browser(somebody);
      const page = await travel(browser, this.#options.way, { response: "normal", person: somebody });
      if (this.#scene === undefined || this.#judge === undefined) return undefined;
      const judgement = this.#judge.judge(await observe(browser, page, this.#scene));
      return judgement === "in"
        ? undefined
        : `a good one then ended with ${page.status} ${placeOf(page.url)}`;
    } catch (error) {
      if (error instanceof Trouble || error instanceof Problem) return error.message;
      throw error;
    }
  }

  /** A new browser, of somebody who has done what comes first. */
  async #browser(person: string): Promise<Browser> {
    const { newBrowser, before } = this.#options;
    const browser = newBrowser();
    if (this.#needsBefore && before !== undefined)
      await travel(browser, before.#options.way, { response: "normal", person });
    return browser;
  }
}

async function leadsToService(browser: Browser, way: Way): Promise<boolean> {
  try {
    await readRequest(browser, way);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** The pages that may show a difference: where a login ends, unless that is the callback, which works once; and the first page. */
function pagesToSee({ url, visited }: Page): URL[] {
  const pages = new Map<string, URL>();
  const callback = visited.find(({ searchParams }) => searchParams.has("code") || searchParams.has("state"));
  if (callback === undefined || placeOf(callback) !== placeOf(url)) pages.set(url.href, url);
  const root = new URL("/", url);
  pages.set(root.href, root);
  return [...pages.values()];
}

function difference(before: Asked | undefined, after: Asked | undefined): Asked | undefined {
  if (before === undefined || after === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]),
  );
}
