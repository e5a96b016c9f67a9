// What an environment of the matrix is.
import type { Project, Setup } from "./project.ts";

/**
 * What a place has to do: on a server all six things; in a browser five, because it has no client's key, and in a page the login
 * element; without WebAssembly a page verifies nothing, and says why.
 */
export type Extent = "server" | "page" | "worker" | "no WebAssembly";

/** Runs the things in one place of a project. `work` returns what they gave. */
export type Place = (title: string, extent: Extent, work: () => Promise<unknown>) => Promise<void>;

export interface Environment extends Setup {
  readonly title: string;
  /** How many of the packages the table shows. Default: 1. */
  readonly shown?: number;
  /** In the table instead of the packages. */
  readonly version?: string;
  run(project: Project, place: Place): Promise<void>;
}

export interface Row {
  readonly place: string;
  readonly extent: Extent;
  /** What went wrong, or why it is not possible. Missing if all is well. */
  readonly failure?: string;
  readonly notPossible?: string;
}

/** Thrown by a place that cannot exist, for a reason of the environment's own. */
export class NotPossible extends Error {}
