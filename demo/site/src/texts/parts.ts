/** A step of the home page's "what will happen" or of the result page's "what just happened". */
export interface TitledText {
  readonly title: string;
  readonly text: string;
}

/** What one can do about errors. `after` says what became of what was begun, where one may wonder. */
interface WayOn {
  readonly after?: string;
  readonly todo: readonly string[];
}

export interface GroupText extends WayOn {
  readonly title: string;
  /** Instead, where what was begun can be resumed. Default: the same. */
  readonly resume?: WayOn;
}
