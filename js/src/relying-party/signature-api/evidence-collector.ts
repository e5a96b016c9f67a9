import type { Bytes, DerOrPem, RevocationEvidence, RevocationOptions } from "honnin";

/** The revocation evidence for the signer's certificate that was used. */
export interface CollectedEvidence {
  readonly crls: readonly DerOrPem[];
  readonly ocspResponses: readonly Bytes[];
}

/**
 * Collects the evidence for one certificate that `revocation.fetchEvidence` returns, in addition to the given evidence. The package
 * needs it: it is verified again years later, when it is no longer available elsewhere.
 *
 * @param certificate in DER
 * @returns options to verify with, and the evidence so far
 */
export function collectEvidence(
  certificate: Uint8Array,
  revocation: RevocationOptions | undefined,
): { readonly revocation: RevocationOptions | undefined; collected(): CollectedEvidence } {
  const crls = list(revocation?.crls);
  const ocspResponses = list(revocation?.ocspResponses);
  const collected = () => ({ crls, ocspResponses });
  const fetchEvidence = revocation?.fetchEvidence;
  if (typeof fetchEvidence !== "function") return { revocation, collected };
  return {
    collected,
    revocation: {
      ...revocation,
      fetchEvidence: async (request) => {
        const found: RevocationEvidence | null | undefined = await fetchEvidence(request);
        // Evidence for CA certificates and responders is not part of the package.
        if (typeof found === "object" && found !== null && areEqual(request.certificate, certificate)) {
          // At the front, because only the first ones of very many are used.
          crls.unshift(...list(found.crls));
          ocspResponses.unshift(...list(found.ocspResponses));
        }
        return found;
      },
    },
  };
}

function list<Value>(value: Value | readonly Value[] | undefined): Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? [...value] : [value as Value];
}

export function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
