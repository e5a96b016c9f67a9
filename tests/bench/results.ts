// What one run measured. The report is made of this and nothing else.
import type { EnvironmentName, Missing } from "./environments/environment.ts";
import type { JobName, Row } from "./job.ts";

export interface Results {
  readonly machine: Machine;
  readonly missing: readonly Missing[];
  readonly jobs: readonly JobResult[];
  readonly native: readonly NativeResult[];
  readonly cold: readonly ColdResult[];
  readonly growth: readonly Growth[];
  readonly memory: readonly MemoryRow[];
  readonly bytes: readonly BytesRow[];
}

export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly rounds: number;
  readonly least: number;
  /** Of runtimes and peers. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface JobResult {
  readonly job: JobName;
  readonly title: string;
  readonly environment: EnvironmentName;
  readonly rows: readonly Row[];
}

export interface NativeRow extends Row {
  readonly job: string;
  /** The peak of allocated bytes of one operation. */
  readonly bytes?: number;
}

export interface NativeResult {
  readonly title: string;
  readonly rows: readonly NativeRow[];
}

export interface ColdResult {
  readonly environment: EnvironmentName;
  readonly title: string;
  /** Samples in milliseconds. */
  readonly rows: readonly Row[];
}

export interface Growth {
  readonly title: string;
  /** What grows, as the heading of a column. */
  readonly of: string;
  readonly names: readonly string[];
  readonly points: readonly {
    readonly at: number;
    /** Medians in microseconds, by name; a text says why there is none. */
    readonly values: Readonly<Record<string, number | string>>;
  }[];
}

export interface MemoryRow {
  readonly environment: EnvironmentName | "native";
  readonly job: string;
  readonly name: string;
  readonly bytes: number;
  /** The bytes of the largest linear memory; `undefined` if there is no WebAssembly. */
  readonly linear?: number | undefined;
  /** The bytes of the input that it is compared with. */
  readonly input?: number;
}

export type BytesKind = "module" | "JavaScript" | "page" | "peer";

export interface BytesRow {
  /** By which the targets find it. */
  readonly id: string;
  readonly kind: BytesKind;
  readonly name: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}
