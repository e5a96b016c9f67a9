// The files of the suite, in a form that can be sent to any runtime.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/paths.ts";
import { vectors } from "../support/vectors.ts";

export interface Case {
  readonly number: string;
  readonly name: string;
  readonly valid: boolean;
  /** Names of certificates, the anchor first. */
  readonly path: readonly string[];
  readonly crls: readonly string[];
  readonly initialPolicySet?: readonly string[];
  readonly initialExplicitPolicy?: boolean;
  readonly initialPolicyMappingInhibit?: boolean;
  readonly initialInhibitAnyPolicy?: boolean;
  readonly userConstrainedPolicySet?: readonly string[];
}

export interface Exception {
  readonly case: string;
  readonly expected: "valid" | "invalid";
  readonly actual: string;
  readonly reason: string;
}

export interface Suite {
  readonly cases: readonly Case[];
  /** Name → DER in base64. */
  readonly certificates: Readonly<Record<string, string>>;
  readonly crls: Readonly<Record<string, string>>;
  readonly exceptions: readonly Exception[];
}

const { folder, skip } = vectors("pkits");
/** For the options of `test`: why it is skipped, or false. */
export const skipPkits = skip;

function files(name: string, extension: string): Record<string, string> {
  const names = readdirSync(join(folder, name)).filter((file) => file.endsWith(extension));
  return Object.fromEntries(
    names.map((file) => [file.slice(0, -extension.length), readFileSync(join(folder, name, file), "base64")]),
  );
}

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));

export function loadSuite(): Suite {
  return {
    cases: json(join(folder, "cases.json")),
    certificates: files("certs", ".crt"),
    crls: files("crls", ".crl"),
    exceptions: json(join(root, "crate/tests/suites/pkits-exceptions.json")),
  };
}
