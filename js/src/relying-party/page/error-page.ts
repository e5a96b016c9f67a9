import type { HonninErrorCode } from "../../error.js";
import type { ErrorAnswer } from "../hooks.js";
import type { ErrorKind } from "./classify.js";
import { escaped, htmlPage } from "./html-page.js";
import { type LoadSigningTexts, loadTexts } from "./load-texts.js";

/** Options of {@link errorPage}. */
export interface ErrorPageOptions extends Omit<ErrorAnswer, "requestId"> {
  /** False for a HEAD request. */
  readonly withBody: boolean;
  readonly signingTexts: LoadSigningTexts | undefined;
}

/** The handler's own page for an error: what happened, what to do, and the code. */
export async function errorPage(
  code: HonninErrorCode,
  kind: ErrorKind,
  {
    status,
    language,
    loginPath,
    returnTo,
    signing,
    handoff = false,
    resumePath,
    withBody,
    signingTexts,
  }: ErrorPageOptions,
): Promise<Response> {
  const { text, common } = await loadTexts(kind, language, { signing, handoff }, signingTexts);
  const { title, what } = text;
  const { again, canResume, goOn, logIn, resume, top, code: codeLabel } = common;
  const todo = resumePath === undefined ? text.todo : (text.resume ?? [canResume]);
  const first = kind === "start-refused" ? ([loginPath, logIn] as const) : undefined;
  const login = signing ? first : ([loginPath, again] as const);
  const next = resumePath === undefined ? login : ([resumePath, resume] as const);
  // A user who may already be logged in gets the link to the site first.
  const page = kind === "spent" && returnTo !== undefined ? ([returnTo, goOn] as const) : undefined;
  // On a phone that logs a computer in, the way on is at the computer.
  const ways = handoff ? [] : [page, next, ["/", top] as const];
  const links = ways
    .filter((link) => link !== undefined)
    .map(([path, label]) => `<a href="${escaped(path)}">${escaped(label)}</a>`)
    .join("");
  const [only, ...more] = todo;
  const body =
    more.length === 0
      ? `<p>${escaped(only ?? "")}</p>`
      : `<ul>\n${todo.map((line) => `<li>${escaped(line)}</li>`).join("\n")}\n</ul>`;
  return htmlPage({
    status,
    language,
    title,
    main: `<main data-code="${escaped(code)}">
<h1>${escaped(title)}</h1>
<p>${escaped(what)}</p>
${body}
${links === "" ? "" : `<p class="links">${links}</p>\n`}<p class="code">${escaped(codeLabel)}: <code>${escaped(code)}</code></p>
</main>`,
    withBody,
  });
}
