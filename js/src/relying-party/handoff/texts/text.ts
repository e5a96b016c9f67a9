/** The texts of the phone's pages. Plain text, never HTML. */
export interface HandoffText {
  /** Before the host of the site. */
  readonly site: string;
  readonly operator: string;
  readonly cancel: string;
  readonly scan: {
    readonly title: string;
    /** What will happen. */
    readonly what: string;
    /** What to do, in order. */
    readonly steps: readonly string[];
    /** Codes that came from somebody else. */
    readonly warning: readonly string[];
    readonly button: string;
    /** Cookies of such a window end with it, and the service returns to another one. */
    readonly privateWindow: string;
  };
  /** In the browser of an app, to which the service does not return. */
  readonly inApp: {
    readonly title: string;
    readonly what: (app: string) => string;
    readonly unknownApp: string;
    /** The link to the usual browser, where one works. */
    readonly open: string;
    /** The way that always works. */
    readonly camera: string;
  };
  readonly number: {
    readonly title: string;
    readonly what: string;
    readonly warning: string;
    readonly waiting: string;
  };
  readonly go: {
    readonly title: string;
    readonly what: string;
    readonly warning: string;
    readonly link: string;
  };
  readonly done: {
    readonly title: string;
    readonly what: string;
    readonly close: string;
  };
}
