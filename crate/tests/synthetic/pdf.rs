//! Minimal signed PDF files.

/// Room for a message, in bytes.
const ROOM: usize = 3_000;

/// The /ByteRange of a file of `length` bytes whose /Contents is at `gap`.
pub type ByteRange = fn(gap: (usize, usize), length: usize) -> [usize; 4];

pub fn whole(gap: (usize, usize), length: usize) -> [usize; 4] {
    [0, gap.0, gap.1, length - gap.1]
}

/// The signature dictionary, with room for /Contents and with a placeholder for /ByteRange.
pub const DICTIONARY: &str =
    "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange @ /Contents # >>";

/// `before` with one more signature appended. `sign` makes the message for the covered bytes.
pub fn signed(before: &[u8], dictionary: &str, range: ByteRange, sign: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let blank = " ".repeat(60);
    let contents = format!("<{}>", "0".repeat(2 * ROOM));
    let object = dictionary.replace('@', &blank).replace('#', &contents);
    let mut file = before.to_vec();
    let start = file.len();
    file.extend(format!("9 0 obj\n{object}\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n").bytes());
    let find = |needle: &str| {
        start
            + file[start..]
                .windows(needle.len())
                .position(|window| window == needle.as_bytes())
                .unwrap()
    };
    let gap_start = find(&contents);
    let gap = (gap_start, gap_start + contents.len());
    let [a, b, c, d] = range(gap, file.len());
    let text = format!("[{a} {b} {c} {d}]");
    let at = find(&blank);
    file[at..at + text.len()].copy_from_slice(text.as_bytes());
    let covered = [&file[a..a + b], &file[c..c + d]].concat();
    let message = sign(&covered);
    assert!(message.len() <= ROOM, "{}", message.len());
    let hex: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
    file[gap_start + 1..gap_start + 1 + hex.len()].copy_from_slice(hex.as_bytes());
    file
}
