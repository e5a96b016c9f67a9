import type { StepStatus } from "honnin";
import type { EraYear } from "../birth-date.ts";
import type { CheckId } from "../check-ids.ts";
import type { BasicItemName, Language, ServiceKind } from "../data.ts";
import type { ErrorGroup, LoginErrorCode } from "../error-groups.ts";
import type { JapanTime } from "../japan-time.ts";
import type { GroupText, TitledText } from "./parts.ts";
import type { RefusalTexts } from "./refusal-texts.ts";
import type { SignatureTexts } from "./signature-texts.ts";
import type { SigningTexts } from "./signing-texts.ts";
import type { VerificationTexts } from "./verification-texts.ts";

/** Who acted, in the timeline. */
export type Actor = "site" | "browser" | "phone" | "service";

/** The data of the timeline of one login. */
export interface TimelineFacts {
  readonly service: ServiceKind;
  readonly scopes: string;
  readonly passed: number;
  readonly skipped: number;
  /** Whether basic items were received, not granted, or not requested. */
  readonly items: "received" | "refused" | "none";
}

/** All texts of the site. Each language has all of them: a missing text is a type error. */
export interface Texts {
  readonly lang: Language;
  readonly otherLanguage: string;
  readonly siteName: string;
  readonly skipLink: string;
  readonly languageLabel: string;
  readonly nav: {
    readonly label: string;
    readonly login: string;
    readonly sign: string;
    readonly verify: string;
  };
  /** The strip on top of every page. */
  readonly services: Readonly<Record<ServiceKind, { readonly label: string; readonly note: string }>>;
  readonly disclaimer: string;
  readonly loginButton: string;
  readonly toHome: string;

  readonly home: {
    readonly title: string;
    readonly description: string;
    readonly lead: Readonly<Record<ServiceKind, string>>;
    readonly itemsLegend: string;
    readonly itemsHint: string;
    readonly leaving: string;
    /** The QR code on this page, for computers. */
    readonly here: {
      readonly title: string;
      readonly what: string;
      readonly difference: string;
      /** Without the script. */
      readonly link: string;
    };
    readonly stepsTitle: string;
    readonly ways: Readonly<
      Record<
        "phone" | "computer",
        { readonly title: string; readonly steps: Readonly<Record<ServiceKind, readonly TitledText[]>> }
      >
    >;
  };

  readonly items: Readonly<Record<BasicItemName, string>>;
  readonly genders: Readonly<Record<"male" | "female" | "other", string>>;
  unknownGender(code: string): string;
  readonly unreadableDate: string;
  /** A complete date, with the year of the era if there is one. */
  completeDate(year: number, month: number, day: number, era: EraYear | undefined): string;
  /** A time in Japan. */
  dateTime(time: JapanTime): string;
  partialDate(year: number, month: number | undefined, day: number | undefined): string;

  readonly result: {
    readonly title: string;
    readonly lead: string;
    readonly personTitle: string;
    readonly subLabel: string;
    readonly subNote: string;
    readonly received: string;
    readonly notGranted: string;
    readonly notAsked: string;
    readonly notSent: string;
    readonly claimsTitle: string;
    readonly claimsNote: string;
    readonly checksTitle: string;
    readonly checksNote: string;
    readonly expandAll: string;
    readonly collapseAll: string;
    readonly timelineTitle: string;
    readonly trustTitle: string;
    readonly trust: Readonly<Record<ServiceKind, readonly string[]>>;
    readonly kept: string;
    readonly logout: string;
    readonly again: string;
  };
  /** Who is logged in, and that nobody is any more. */
  readonly session: {
    readonly title: string;
    /** Before the name. */
    readonly person: string;
    readonly others: string;
    readonly toResult: string;
    readonly loggedOut: string;
  };
  readonly noResult: Readonly<Record<"none" | "forgotten", TitledText>>;

  readonly statuses: Readonly<Record<StepStatus, string>>;
  readonly statusHeadings: Readonly<Record<StepStatus, string>>;
  count(number: number): string;
  readonly check: { readonly id: string; readonly reference: string; readonly detail: string };
  /** What each step of a report checks, in plain language. */
  readonly checks: Readonly<Record<CheckId, string>>;

  readonly actors: Readonly<Record<Actor, string>>;
  timeline(facts: TimelineFacts): readonly (TitledText & { readonly actor: Actor })[];

  readonly signature: SignatureTexts;
  readonly signing: SigningTexts;
  readonly verification: VerificationTexts;
  readonly refusal: RefusalTexts;

  readonly error: {
    readonly whatToDo: string;
    readonly code: string;
    readonly again: string;
    readonly technical: string;
    readonly message: string;
    readonly checksUntil: string;
  };
  readonly errorGroups: Readonly<Record<ErrorGroup, GroupText>>;
  /** One sentence or two for each code: what happened. */
  readonly errors: Readonly<Record<LoginErrorCode, string>>;
  readonly notFound: TitledText;
  readonly methodNotAllowed: TitledText;
}
