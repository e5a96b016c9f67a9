// The verification page. Nothing leaves the browser: the verifier is loaded with the page, and everything runs here.
import {
  type Holder,
  HonninError,
  init,
  readHolder,
  readSignedPackage,
  type VerifiedSignedPackage,
  verifySignedPackage,
} from "honnin/slim";
import { html } from "../html.ts";
import { endOfJapanDay } from "../japan-time.ts";
import { chainSection } from "../signature/chain.ts";
import { hiddenHolderSection, holderSection } from "../signature/holder.ts";
import { texts } from "../texts/index.ts";
import { type Trust, trustOptions } from "../trust.ts";
import { type VerificationFacts, verificationRefusal, verificationResult } from "../verification/result.ts";
import { toHex } from "./bytes.ts";
import { announceScript, fill, find } from "./dom.ts";
import { refuseStrayFiles, showChosen, wirePicker } from "./file-picker.ts";
import { asHonninError } from "./problem.ts";
import { wireToggles } from "./toggle-checks.ts";
import { Working } from "./working.ts";

/** A larger file (in bytes) is not a package, because packages do not contain the document. */
const largest = 16_777_216;

const t = texts[document.documentElement.lang === "en" ? "en" : "ja"];
const words = t.verification;
const form = find<HTMLFormElement>(document, "form.verify");
const result = find(document, "[data-result]");
const working = new Working(form, words.working, find(form, "[data-verify]"));
const trust: Trust = JSON.parse(form.dataset.trust ?? "");
const date = find<HTMLInputElement>(form, "#verify-date");
const optional = find<HTMLInputElement>(form, "#verify-optional");
const chosen: { package?: File; document?: File } = {};

// Loads early, so that the network can be disconnected before the button is pressed. Errors are shown later.
const loading = () => init({ url: form.dataset.wasm });
loading().catch(() => undefined);

/** The verification time as Unix time in seconds; `null` for an invalid date. */
function clock(): number | null {
  if (date.validity.badInput) return null;
  if (date.value === "") return Math.floor(Date.now() / 1000);
  return endOfJapanDay(date.value) ?? null;
}

async function packageText(file: File): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > largest) throw new HonninError("input-too-large", "A signed package is smaller than that.");
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new HonninError("document-unreadable", "The package could not be read to its end.", { cause });
  }
}

async function verify(packageFile: File, documentFile: File, now: number): Promise<void> {
  const { signal, onProgress } = working.begin(documentFile.size);
  fill(result, undefined);
  try {
    await loading();
    const text = await packageText(packageFile);
    const { signature, evidence } = await readSignedPackage(text);
    const verified = await verifySignedPackage(text, {
      ...trustOptions(trust, signature.scheme),
      document: documentFile,
      onProgress,
      signal,
      now,
      revocation: { require: optional.checked ? "nothing" : "certificate" },
      ...(optional.checked && evidence.time === null ? { at: now } : {}),
    });
    signal.throwIfAborted();
    working.end(signal, "");
    show(verified);
  } catch (thrown) {
    const isLatest = working.end(signal, signal.aborted ? words.cancelled : "");
    if (!isLatest || signal.aborted) return;
    fill(result, verificationRefusal(t, asHonninError(thrown)));
    present();
  }
}

function show(verified: VerifiedSignedPackage): void {
  const facts = factsOf(verified);
  fill(result, verificationResult(t, facts));
  wireHolder(verified.package.certificate, facts);
  present();
}

/** Scrolls to the result and moves the focus there for screen readers. */
function present(): void {
  wireToggles(result);
  find(result, "h2").focus();
}

function factsOf(verified: VerifiedSignedPackage): VerificationFacts {
  const { package: read, asOf, asOfSource, timestamp } = verified;
  const { scheme, path, anchor, revocation, profile, warnings, report } = verified;
  return {
    signature: { scheme, path, anchor, revocation, profile, warnings, report },
    evidence: {
      time: read.evidence.time,
      crls: read.evidence.crls.length,
      ocspResponses: read.evidence.ocspResponses.length,
    },
    document: read.document,
    digest: { algorithm: read.digest.algorithm, value: toHex(read.digest.value) },
    claims: read.claims,
    asOf,
    asOfSource,
    timestamp,
  };
}

function wireHolder(certificate: Uint8Array<ArrayBuffer>, facts: VerificationFacts): void {
  const place = find(result, "[data-holder-place]");
  const { show, hide } = t.signature.holder;
  const button = (action: "show" | "hide", label: string) =>
    html`<button class="button secondary" type="button" data-holder-action="${action}">${label}</button>`;
  const draw = (holder: Holder | "unreadable" | undefined) => {
    fill(
      place,
      holder === undefined
        ? hiddenHolderSection(t, button("show", show))
        : holderSection(t, holder, button("hide", hide)),
    );
    find(result, "[data-chain]").outerHTML = chainSection(t, {
      ...facts,
      showBirthday: holder !== undefined,
    }).text;
    place.querySelector("button")?.focus();
  };
  place.addEventListener("click", ({ target }) => {
    const action = target instanceof HTMLElement ? target.dataset.holderAction : undefined;
    if (action === "hide") draw(undefined);
    if (action === "show") void readHolder(certificate).then(draw, () => draw("unreadable"));
  });
}

for (const which of ["package", "document"] as const) {
  const card = find(form, `[data-source="${which}"]`);
  wirePicker(card, {
    onFile(file) {
      chosen[which] = file;
      showChosen(t, card, words.another, file);
      working.say("");
      fill(result, undefined);
    },
    onSeveral: () => working.say(words.several),
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const now = clock();
  if (chosen.package === undefined) return working.say(words.missing.package);
  if (chosen.document === undefined) return working.say(words.missing.document);
  if (now === null) return working.say(words.missing.date);
  void verify(chosen.package, chosen.document, now);
});

refuseStrayFiles();
announceScript();
