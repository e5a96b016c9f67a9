/** A step of the home page's "what will happen" or of the result page's "what just happened". */
export interface TitledText {
  readonly title: string;
  readonly text: string;
}

/** What the user can do about an error. `after` states what happened to the procedure. */
interface WayOn {
  readonly after?: string;
  readonly todo: readonly string[];
}

export interface GroupText extends WayOn {
  readonly title: string;
  /** The alternative if the procedure can be resumed. Default: the same. */
  readonly resume?: WayOn;
}
