// The signing page: hashes the chosen file in the browser, and puts only its hash, name, type and size into the form.
import { digestDocument, HonninError, init, isDocumentName } from "honnin/slim";
import { type Html, html } from "../html.ts";
import { refusalOf } from "../refusal.ts";
import { breakable } from "../signature/document.ts";
import { texts } from "../texts/index.ts";
import { toHex } from "./bytes.ts";
import { announceScript, fill, find } from "./dom.ts";
import { refuseStrayFiles, showChosen, wirePicker } from "./file-picker.ts";
import { asHonninError } from "./problem.ts";
import { Working } from "./working.ts";

/** A larger file (in bytes) may need the verifier; the platform hashes smaller ones. */
const large = 16_777_216;

const t = texts[document.documentElement.lang === "en" ? "en" : "ja"];
const words = t.signing.file;
const form = find<HTMLFormElement>(document, "form.sign");
const card = find(form, "[data-file]");
const button = find<HTMLButtonElement>(form, "[data-sign]");
const working = new Working(card, words.working, find(card, "input[type=file]"));
const field = (name: string) => find<HTMLInputElement>(form, `input[type=hidden][name="${name}"]`);
const chosenHash = () => {
  const method = find<HTMLInputElement>(form, "input[name=method]:checked");
  return method.dataset.hash === "sha384" ? "sha384" : "sha256";
};

let chosen: File | undefined;
/** Why there is no hash to sign. */
let missing: keyof typeof words.missing = "file";

async function hash(file: File): Promise<void> {
  const algorithm = chosenHash();
  const { signal, onProgress } = working.begin(file.size);
  ready(undefined);
  problem(undefined);
  missing = "hash";
  try {
    if (!isDocumentName(file.name)) throw new HonninError("document-invalid", "The name cannot be shown.");
    if (file.size > large) await init({ url: form.dataset.wasm });
    const { digest, size } = await digestDocument(file, { hash: algorithm, signal, onProgress });
    // Another file or method was selected in the meantime.
    signal.throwIfAborted();
    const value = toHex(digest);
    field("digest").value = value;
    field("name").value = file.name;
    field("type").value = file.type;
    field("size").value = String(size);
    working.end(signal, words.done);
    ready({ label: t.signature.hash(algorithm), value });
  } catch (thrown) {
    const isLatest = working.end(signal, signal.aborted ? words.cancelled : "");
    if (!isLatest) return;
    missing = signal.aborted ? "cancelled" : "refused";
    if (!signal.aborted) problem(asHonninError(thrown));
  }
}

/** Shows or hides the hash. */
function ready(digest: { readonly label: string; readonly value: string } | undefined): void {
  button.setAttribute("aria-disabled", String(digest === undefined));
  find(card, "[data-chosen]").querySelector("[data-digest-fact]")?.remove();
  if (digest === undefined) return;
  const fact = document.createElement("div");
  fact.className = "fact";
  fact.dataset.digestFact = "";
  fill(
    fact,
    html`<dt>${digest.label}</dt><dd><code class="hash" data-digest>${breakable(digest.value)}</code></dd>`,
  );
  find(card, "[data-chosen]").append(fact);
}

function problem(error: ReturnType<typeof asHonninError> | undefined): void {
  const place = find(card, "[data-problem]");
  let content: Html | undefined;
  if (error !== undefined) {
    const { group, what } = refusalOf(t, "signing", error.code);
    content = html`<div class="problem" role="alert" data-code="${error.code}">
<p><strong>${what}</strong></p>
<ul class="todo">${group.todo.map((line) => html`<li>${line}</li>`)}</ul>
<p class="hint">${t.error.code} <code>${error.code}</code></p>
</div>`;
  }
  fill(place, content);
}

wirePicker(card, {
  onFile(file) {
    chosen = file;
    showChosen(t, card, words.another, file);
    void hash(file);
  },
  onSeveral: () => working.say(words.several),
});

let hashed = chosenHash();
for (const method of form.querySelectorAll<HTMLInputElement>("input[name=method]")) {
  method.addEventListener("change", () => {
    if (hashed === chosenHash()) return;
    hashed = chosenHash();
    if (chosen !== undefined) void hash(chosen);
  });
}

// Runs before the guard against a second tap, which must not count this tap as the first.
form.addEventListener(
  "submit",
  (event) => {
    const isOwnFile = event.submitter === button;
    for (const name of ["digest", "name", "type", "size"]) field(name).disabled = !isOwnFile;
    if (!isOwnFile || button.getAttribute("aria-disabled") !== "true") return;
    event.preventDefault();
    working.say(words.missing[missing]);
  },
  { capture: true },
);

refuseStrayFiles();
announceScript();
