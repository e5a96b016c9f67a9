// The forms of texts. The texts are in `texts/`, one file per language, so that only those of one language are loaded.
import type { ErrorKind, HandoffKind, SharedKind, SigningKind } from "./classify.js";

/** The text of a page. Plain text, never HTML. */
export interface PageText {
  readonly title: string;
  /** What happened. */
  readonly what: string;
  /** What to do, one or several. */
  readonly todo: readonly string[];
  /** What to do if there is a signature to resume. Default: resume it. */
  readonly resume?: readonly string[];
}

/** Texts that all pages share. */
export interface CommonText {
  readonly again: string;
  readonly logIn: string;
  readonly goOn: string;
  readonly resume: string;
  readonly canResume: string;
  readonly top: string;
  readonly code: string;
}

/** Kinds of a login, and those that do not depend on what the user was doing. */
export type LoginKind = Exclude<ErrorKind, SigningKind | HandoffKind>;

/** Texts by kind of error, for a login. */
export type LoginTexts = Readonly<Record<LoginKind, PageText>>;

/** Kinds of a login for which a phone that logs a computer in has a text of its own. */
export type PhoneKind = Exclude<LoginKind, "not-found" | "return-address">;

/** Texts by kind of error of a handoff, and of a login on the phone. */
export type HandoffTexts = Readonly<Record<HandoffKind | PhoneKind, PageText>>;

/** Texts by kind of error for a user who signs a document, if they differ from those of a login. */
export type SigningTexts = Readonly<Record<SharedKind | SigningKind, PageText>>;
