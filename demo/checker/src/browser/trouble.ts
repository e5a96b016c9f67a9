/** Why a visit to a site ended without an answer. */
export type TroubleKind =
  /** Nothing listens there, or the name is unknown. */
  | "unreachable"
  /** No complete answer in time. */
  | "no-answer"
  /** The connection ended early, or what came is not HTTP. */
  | "broken-off"
  /** More redirects than a browser follows. */
  | "redirects"
  /** A redirect to something that is no http(s) address. */
  | "address"
  /** It leads to the service itself, not to the emulator. */
  | "real-service";

export class Trouble extends Error {
  override readonly name = "Trouble";
  readonly kind: TroubleKind;
  /** Origin and path of the address. The query may hold codes. */
  readonly place: string;

  constructor(kind: TroubleKind, url: URL) {
    super(`${kind}: ${placeOf(url)}`);
    this.kind = kind;
    this.place = placeOf(url);
  }
}

export function placeOf(url: URL): string {
  return url.origin + url.pathname;
}
