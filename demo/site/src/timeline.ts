import { countOf } from "./checks.ts";
import { basicItemNames, type LoginResult, type ServiceKind } from "./data.ts";
import { type Html, html } from "./html.ts";
import type { Texts } from "./texts/index.ts";

/** What just happened, in order and by actor; and where trust comes from. */
export function timelineSection(t: Texts, service: ServiceKind, result: LoginResult): Html {
  const asked = basicItemNames.some((name) => result.requestedScopes.includes(name));
  const events = t.timeline({
    service,
    scopes: result.requestedScopes.join(" "),
    passed: countOf(result.report, "passed"),
    skipped: countOf(result.report, "skipped"),
    items: result.user !== undefined ? "received" : asked ? "refused" : "none",
  });
  const items = events.map(
    ({ actor, title, text }) =>
      html`<li class="event"><strong>${title}</strong> <span class="actor ${actor}">${t.actors[actor]}</span><p>${text}</p></li>\n`,
  );
  return html`<aside class="what-happened" aria-labelledby="timeline-title">
<h2 id="timeline-title">${t.result.timelineTitle}</h2>
<ol class="timeline">
${items}</ol>
<div class="trust">
<h3>${t.result.trustTitle}</h3>
${t.result.trust[service].map((line) => html`<p>${line}</p>\n`)}</div>
</aside>`;
}
