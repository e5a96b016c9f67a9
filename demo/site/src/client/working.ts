import { find } from "./dom.ts";

/** Milliseconds before a bar is worth showing. */
const patience = 150;

/** A bar for a piece of work, with a button that ends it and words for those who do not see the bar. */
export class Working {
  readonly #place: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #status: HTMLElement;
  readonly #say: (percent: number) => string;
  readonly #next: HTMLElement;
  #controller: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param say what to say at each tenth
   * @param next where the focus goes if it is on the button that ends the work, which goes away with it
   */
  constructor(root: HTMLElement, say: (percent: number) => string, next: HTMLElement) {
    this.#place = find(root, "[data-working]");
    this.#bar = find<HTMLProgressElement>(root, "progress");
    this.#status = find(root, "[data-status]");
    this.#say = say;
    this.#next = next;
    find(root, "[data-cancel]").addEventListener("click", () => this.#controller?.abort());
  }

  /** Ends what was going on before. */
  begin(size: number): { readonly signal: AbortSignal; readonly onProgress: (bytes: number) => void } {
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    this.#bar.max = Math.max(1, size);
    this.#bar.value = 0;
    this.say("");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#place.hidden = false;
    }, patience);
    let said = 0;
    const onProgress = (bytes: number) => {
      if (controller.signal.aborted) return;
      this.#bar.value = bytes;
      const percent = Math.floor((bytes / Math.max(1, size)) * 10) * 10;
      if (percent === said || percent >= 100) return;
      said = percent;
      this.say(this.#say(percent));
    };
    return { signal: controller.signal, onProgress };
  }

  /** @returns whether the work was the latest begun; otherwise nothing is said of it */
  end(signal: AbortSignal, words: string): boolean {
    if (this.#controller?.signal !== signal) return false;
    clearTimeout(this.#timer);
    if (this.#place.contains(document.activeElement)) this.#next.focus();
    this.#place.hidden = true;
    this.#controller = undefined;
    this.say(words);
    return true;
  }

  say(words: string): void {
    this.#status.textContent = words;
  }
}
