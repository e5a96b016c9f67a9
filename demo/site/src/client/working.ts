import { find } from "./dom.ts";

/** Milliseconds before the bar is shown. */
const patience = 150;

/** A progress bar for a piece of work, with a button to stop it and a text for screen readers. */
export class Working {
  readonly #place: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #status: HTMLElement;
  readonly #say: (percent: number) => string;
  readonly #next: HTMLElement;
  #controller: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param say the text at each tenth
   * @param next gets the focus if the stop button has it when it disappears
   */
  constructor(root: HTMLElement, say: (percent: number) => string, next: HTMLElement) {
    this.#place = find(root, "[data-working]");
    this.#bar = find<HTMLProgressElement>(root, "progress");
    this.#status = find(root, "[data-status]");
    this.#say = say;
    this.#next = next;
    find(root, "[data-cancel]").addEventListener("click", () => this.#controller?.abort());
  }

  /** Stops the previous work. */
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

  /** @returns whether this was the latest work; otherwise no text is shown */
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
