//! The non-adjacent form of a number: few digits that are not zero, all of them odd.

/// The highest position of a digit is 384: a carry goes one beyond the bits of the number.
pub(crate) const POSITIONS: usize = 385;

/// The digits of the number: odd, below 2 to the `width − 1` in size, and at least `width` places apart.
pub(crate) fn wnaf<const W: usize>(number: &[u64; W], width: u32) -> [i8; POSITIONS] {
    let mut digits = [0; POSITIONS];
    let (mut at, mut carry) = (0, 0);
    while at <= 64 * W {
        // With an even sum the digit is zero and the carry stays.
        if window(number, at, 1) == carry {
            at += 1;
            continue;
        }
        let bits = window(number, at, width) + carry;
        carry = bits >> (width - 1);
        digits[at] = (bits.cast_signed() - (carry << width).cast_signed()) as i8;
        at += width as usize;
    }
    digits
}

/// `width` bits of the number from position `at`; beyond its end they are zero.
fn window<const W: usize>(number: &[u64; W], at: usize, width: u32) -> u64 {
    let (word, bit) = (at / 64, at % 64);
    let low = number.get(word).map_or(0, |word| word >> bit);
    let high = match bit {
        0 => 0,
        _ => number.get(word + 1).map_or(0, |word| word << (64 - bit)),
    };
    (low | high) & ((1 << width) - 1)
}
