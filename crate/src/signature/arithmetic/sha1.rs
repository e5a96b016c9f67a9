//! SHA-1 (FIPS 180-4 §6.1) in few bytes, for the module. Elsewhere, the crate `sha1` has instructions of the processor.

use alloc::vec::Vec;

use super::Digest;

const BLOCK: usize = 64;

#[derive(Clone)]
pub(in crate::signature) struct Sha1 {
    state: [u32; 5],
    /// The bytes since the last whole block.
    rest: Vec<u8>,
    length: u64,
}

impl Digest for Sha1 {
    fn new() -> Self {
        Self {
            state: [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0],
            rest: Vec::new(),
            length: 0,
        }
    }

    fn update(&mut self, data: &[u8]) {
        self.length += data.len() as u64;
        let missing = (BLOCK - self.rest.len()).min(data.len());
        let (first, data) = data.split_at_checked(missing).unwrap_or_default();
        self.rest.extend_from_slice(first);
        if self.rest.len() == BLOCK {
            compress(&mut self.state, &self.rest);
            let blocks = data.chunks_exact(BLOCK);
            self.rest.clear();
            self.rest.extend_from_slice(blocks.remainder());
            for block in blocks {
                compress(&mut self.state, block);
            }
        }
    }

    fn finish(mut self) -> Vec<u8> {
        let bits = self.length.wrapping_mul(8);
        let zeros = (2 * BLOCK - 9 - self.rest.len()) % BLOCK;
        let mut end = [0; BLOCK];
        if let Some(first) = end.first_mut() {
            *first = 0x80;
        }
        self.update(end.get(..=zeros).unwrap_or_default());
        self.update(&bits.to_be_bytes());
        self.state.iter().flat_map(|word| word.to_be_bytes()).collect()
    }
}

fn compress(state: &mut [u32; 5], block: &[u8]) {
    let mut words = [0_u32; 16];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    for round in 0..80_usize {
        #[allow(clippy::indexing_slicing)] // In range: there are 16.
        let word = {
            let word = words[round % 16];
            let next = word ^ words[(round + 2) % 16] ^ words[(round + 8) % 16] ^ words[(round + 13) % 16];
            words[round % 16] = next.rotate_left(1);
            word
        };
        let mixed = match round / 20 {
            0 => (d ^ b & (c ^ d)).wrapping_add(0x5a82_7999),
            1 => (b ^ c ^ d).wrapping_add(0x6ed9_eba1),
            2 => (b & c | d & (b | c)).wrapping_add(0x8f1b_bcdc),
            _ => (b ^ c ^ d).wrapping_add(0xca62_c1d6),
        };
        let sum = a
            .rotate_left(5)
            .wrapping_add(mixed)
            .wrapping_add(e)
            .wrapping_add(word);
        (a, b, c, d, e) = (sum, a, b.rotate_left(30), c, d);
    }
    for (word, more) in state.iter_mut().zip([a, b, c, d, e]) {
        *word = word.wrapping_add(more);
    }
}

#[cfg(test)]
mod tests {
    use super::Sha1;
    use crate::signature::arithmetic::{self, Digest};

    #[test]
    fn any_length_in_any_pieces_is_as_with_the_crate() {
        let data: Vec<u8> = (0..300_u32).map(|byte| (byte * 7 % 251) as u8).collect();
        for length in 0..data.len() {
            let (data, _) = data.split_at_checked(length).unwrap_or_default();
            let mut other = arithmetic::Sha1::new();
            other.update(data);
            let expected = other.finish();
            for piece in [1, 3, 55, 63, 64, 65, 128, 300] {
                let mut own = Sha1::new();
                data.chunks(piece).for_each(|piece| own.update(piece));
                assert_eq!(own.finish(), expected, "{length} bytes in pieces of {piece}");
            }
        }
    }
}
