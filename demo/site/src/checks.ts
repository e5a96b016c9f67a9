import type { Step, StepStatus } from "honnin";
import { isCheckId } from "./check-ids.ts";
import type { Report } from "./data.ts";
import { type Html, html } from "./html.ts";
import { statusIcons } from "./icons.ts";
import type { Texts } from "./texts/index.ts";

/** Failed checks come first, because the user looks for them. */
const order = ["failed", "passed", "skipped"] as const satisfies readonly StepStatus[];

/** The number of steps with this status. */
export function countOf(report: Report, status: StepStatus): number {
  return report.steps.filter((step) => step.status === status).length;
}

/**
 * A report as a list of checks, grouped by status.
 *
 * @param id distinguishes several lists on one page
 */
export function checksSection(t: Texts, report: Report, title: string, id = "checks"): Html {
  const shown = order.filter((status) => countOf(report, status) > 0);
  return html`<section class="card checks" aria-labelledby="${id}-title" data-report="${id}">
<div class="title-row">
<h2 id="${id}-title">${title}</h2>
<button class="button quiet" type="button" data-toggle-checks data-collapse="${t.result.collapseAll}" hidden>${t.result.expandAll}</button>
</div>
<ul class="tally">
${(["passed", "failed", "skipped"] as const).map((status) => tally(t, report, status))}</ul>
<p class="hint">${t.result.checksNote}</p>
${shown.map((status) => group(t, report, status))}
</section>`;
}

function tally(t: Texts, report: Report, status: StepStatus): Html {
  const count = countOf(report, status);
  return html`<li class="status ${status}${count === 0 && " zero"}">${statusIcons[status]}<span>${t.statuses[status]}</span> <strong>${t.count(count)}</strong></li>
`;
}

function group(t: Texts, report: Report, status: StepStatus): Html {
  const steps = report.steps.filter((step) => step.status === status);
  return html`<h3 class="group-title">${t.statusHeadings[status]}</h3>
<ul class="check-list">
${steps.map((step) => check(t, step))}</ul>
`;
}

function check(t: Texts, { id, status, reference, detail }: Step): Html {
  // A newer verifier may report a step without a title here.
  const title = isCheckId(id) ? t.checks[id] : id;
  return html`<li class="check ${status}" data-check="${id}" data-status="${status}">
<details${status === "failed" && html` open`}>
<summary>${statusIcons[status]}<span class="word">${t.statuses[status]}</span><span class="check-title">${title}</span></summary>
<dl>
<dt>${t.check.id}</dt><dd><code>${id}</code></dd>
<dt>${t.check.reference}</dt><dd lang="en">${reference}</dd>
<dt>${t.check.detail}</dt><dd lang="en">${detail}</dd>
</dl>
</details>
</li>
`;
}
