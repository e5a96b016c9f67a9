import type { HonninError, HonninErrorCode } from "honnin";
import { checksSection } from "./checks.ts";
import {
  asLoginErrorCode,
  errorGroups,
  type Purpose,
  signingGroup,
  verificationGroup,
} from "./error-groups.ts";
import { type Content, type Html, html } from "./html.ts";
import type { Texts } from "./texts/index.ts";
import type { GroupText } from "./texts/parts.ts";

/** The texts for a code, by purpose. */
export interface Refusal {
  readonly group: GroupText;
  readonly what: string;
}

export function refusalOf(t: Texts, purpose: Purpose, code: HonninErrorCode): Refusal {
  const { findings, signing, signingGroups, verification, verificationGroups } = t.refusal;
  switch (purpose) {
    case "login":
      return { group: t.errorGroups[errorGroups[asLoginErrorCode(code)]], what: whatOf(t, {}, code) };
    case "signing":
      return {
        group: signingGroups[signingGroup(code)],
        what: whatOf(t, { ...findings, ...signing }, code),
      };
    case "verification":
      return {
        group: verificationGroups[verificationGroup(code)],
        what: whatOf(t, { ...findings, ...verification }, code),
      };
  }
}

function whatOf(t: Texts, own: Partial<Record<HonninErrorCode, string>>, code: HonninErrorCode): string {
  return (Object.hasOwn(own, code) ? own[code] : undefined) ?? t.errors[asLoginErrorCode(code)];
}

/** The content between the advice and the code, and the conditions of the advice. */
export interface NextSteps {
  readonly actions: Content;
  readonly canResume: boolean;
}

/** What happened, what to do, and the code; below, the details for developers. */
export function refusalParts(
  t: Texts,
  purpose: Purpose,
  { code, message, report }: Pick<HonninError, "code" | "message" | "report">,
  { actions, canResume }: NextSteps = { actions: null, canResume: false },
): Html {
  const { group, what } = refusalOf(t, purpose, code);
  const { after, todo } = (canResume ? group.resume : undefined) ?? group;
  return html`<p class="lead">${what}</p>
${after !== undefined && html`<p>${after}</p>`}
<section aria-labelledby="todo-title">
<h2 id="todo-title">${t.error.whatToDo}</h2>
<ul class="todo">
${todo.map((line) => html`<li>${line}</li>\n`)}</ul>
</section>
${actions}
<p class="code-line">${t.error.code} <code>${code}</code></p>
${
  message !== "" &&
  html`<details class="technical">
<summary>${t.error.technical}</summary>
<p>${t.error.message}</p>
<p lang="en">${message}</p>
</details>`
}
${report !== undefined && report.steps.length > 0 && checksSection(t, report, t.error.checksUntil)}`;
}
