// Signed PDFs, as small as they can be: ISO 32000-1 §12.8, SubFilter adbe.pkcs7.detached.
import { concat } from "../asn1/der.js";

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

export interface SignedPdfFields {
  /** Makes the CMS over the bytes that /ByteRange covers. */
  readonly sign: (covered: Uint8Array) => Uint8Array;
  /** The text of the one page, ASCII. */
  readonly text?: string;
  /** Room for the signature in octets. */
  readonly room?: number;
  /** What /ByteRange says: `whole` covers all but /Contents; the others leave something out. */
  readonly byteRange?: "whole" | "stops-early" | "starts-late" | "wide-gap";
  /** An earlier file that this signature is appended to as an incremental update. */
  readonly after?: Uint8Array;
}

/** The objects of a file: numbered, with their offsets, and the table at the end. */
function assemble(before: Uint8Array, objects: readonly [number: number, body: string][], root: number) {
  const parts = [before];
  let at = before.length;
  const offsets: [number, number][] = [];
  for (const [number, body] of objects) {
    const bytes = bytesOf(`${number} 0 obj\n${body}\nendobj\n`);
    offsets.push([number, at]);
    parts.push(bytes);
    at += bytes.length;
  }
  const rows = offsets.map(
    ([number, offset]) => `${number} 1\n${String(offset).padStart(10, "0")} 00000 n \n`,
  );
  const size = Math.max(...objects.map(([number]) => number), 20) + 1;
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(Buffer.from(before).toString("latin1"))?.[1];
  const trailer = `<< /Size ${size} /Root ${root} 0 R${previous === undefined ? "" : ` /Prev ${previous}`} >>`;
  parts.push(
    bytesOf(`xref\n0 1\n0000000000 65535 f \n${rows.join("")}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`),
  );
  return concat(...parts);
}

const placeholder = "/ByteRange [0000000000 0000000000 0000000000 0000000000]";

/** A PDF of one page with one signature, or with one more than the file it is appended to. */
export function signedPdf(fields: SignedPdfFields): Uint8Array {
  const { text = "honnin", room = 4096, byteRange = "whole", after } = fields;
  const stream = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`;
  // Signatures take the numbers 10, 12, 14 … by how many the file has already.
  const earlier =
    after === undefined ? 0 : Buffer.from(after).toString("latin1").split("/Type /Sig ").length - 1;
  const value = 10 + 2 * earlier;
  const field = value + 1;
  const allFields = Array.from({ length: earlier + 1 }, (_, i) => `${11 + 2 * i} 0 R`).join(" ");
  const signature = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached ${placeholder} /Contents <${"0".repeat(room * 2)}> >>`;
  const unsigned = assemble(
    after ?? bytesOf("%PDF-1.7\n"),
    [
      [1, `<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [${allFields}] >> >>`],
      [2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"],
      [
        3,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [${allFields}] /Resources << /Font << /F1 5 0 R >> >> >>`,
      ],
      [4, `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`],
      [5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"],
      [
        field,
        `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature${earlier + 1}) /V ${value} 0 R /P 3 0 R /Rect [0 0 0 0] /F 132 >>`,
      ],
      [value, signature],
    ],
    1,
  );
  return fill(unsigned, room, byteRange, fields.sign);
}

function fill(
  file: Uint8Array,
  room: number,
  byteRange: NonNullable<SignedPdfFields["byteRange"]>,
  sign: SignedPdfFields["sign"],
): Uint8Array {
  const buffer = Buffer.from(file);
  const open = buffer.lastIndexOf(`/Contents <${"0".repeat(16)}`) + "/Contents ".length;
  const close = open + room * 2 + 2;
  const [start, firstEnd, secondStart, end] = {
    whole: [0, open, close, buffer.length],
    "stops-early": [0, open, close, buffer.length - 8],
    "starts-late": [9, open, close, buffer.length],
    "wide-gap": [0, open, close + 24, buffer.length],
  }[byteRange] as [number, number, number, number];
  const ten = (n: number) => String(n).padEnd(10);
  const range = `/ByteRange [${ten(start)} ${ten(firstEnd - start)} ${ten(secondStart)} ${ten(end - secondStart)}]`;
  buffer.write(range, buffer.lastIndexOf(placeholder), "latin1");
  const cms = sign(concat(buffer.subarray(start, firstEnd), buffer.subarray(secondStart, end)));
  if (cms.length > room) throw new RangeError("the signature needs more room");
  buffer.write(Buffer.from(cms).toString("hex"), open + 1, "latin1");
  return new Uint8Array(buffer);
}
