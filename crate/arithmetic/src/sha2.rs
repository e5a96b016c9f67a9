//! SHA-256, SHA-384 and SHA-512 (FIPS 180-4).

/// The fractional parts of the cube roots of the first 64 primes (§4.2.2).
pub(crate) const K256: [u32; 64] = [
    0x428a_2f98,
    0x7137_4491,
    0xb5c0_fbcf,
    0xe9b5_dba5,
    0x3956_c25b,
    0x59f1_11f1,
    0x923f_82a4,
    0xab1c_5ed5,
    0xd807_aa98,
    0x1283_5b01,
    0x2431_85be,
    0x550c_7dc3,
    0x72be_5d74,
    0x80de_b1fe,
    0x9bdc_06a7,
    0xc19b_f174,
    0xe49b_69c1,
    0xefbe_4786,
    0x0fc1_9dc6,
    0x240c_a1cc,
    0x2de9_2c6f,
    0x4a74_84aa,
    0x5cb0_a9dc,
    0x76f9_88da,
    0x983e_5152,
    0xa831_c66d,
    0xb003_27c8,
    0xbf59_7fc7,
    0xc6e0_0bf3,
    0xd5a7_9147,
    0x06ca_6351,
    0x1429_2967,
    0x27b7_0a85,
    0x2e1b_2138,
    0x4d2c_6dfc,
    0x5338_0d13,
    0x650a_7354,
    0x766a_0abb,
    0x81c2_c92e,
    0x9272_2c85,
    0xa2bf_e8a1,
    0xa81a_664b,
    0xc24b_8b70,
    0xc76c_51a3,
    0xd192_e819,
    0xd699_0624,
    0xf40e_3585,
    0x106a_a070,
    0x19a4_c116,
    0x1e37_6c08,
    0x2748_774c,
    0x34b0_bcb5,
    0x391c_0cb3,
    0x4ed8_aa4a,
    0x5b9c_ca4f,
    0x682e_6ff3,
    0x748f_82ee,
    0x78a5_636f,
    0x84c8_7814,
    0x8cc7_0208,
    0x90be_fffa,
    0xa450_6ceb,
    0xbef9_a3f7,
    0xc671_78f2,
];
/// The fractional parts of the cube roots of the first 80 primes (§4.2.3).
pub(crate) const K512: [u64; 80] = [
    0x428a_2f98_d728_ae22,
    0x7137_4491_23ef_65cd,
    0xb5c0_fbcf_ec4d_3b2f,
    0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538,
    0x59f1_11f1_b605_d019,
    0x923f_82a4_af19_4f9b,
    0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242,
    0x1283_5b01_4570_6fbe,
    0x2431_85be_4ee4_b28c,
    0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f,
    0x80de_b1fe_3b16_96b1,
    0x9bdc_06a7_25c7_1235,
    0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2,
    0xefbe_4786_384f_25e3,
    0x0fc1_9dc6_8b8c_d5b5,
    0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275,
    0x4a74_84aa_6ea6_e483,
    0x5cb0_a9dc_bd41_fbd4,
    0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab,
    0xa831_c66d_2db4_3210,
    0xb003_27c8_98fb_213f,
    0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2,
    0xd5a7_9147_930a_a725,
    0x06ca_6351_e003_826f,
    0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc,
    0x2e1b_2138_5c26_c926,
    0x4d2c_6dfc_5ac4_2aed,
    0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de,
    0x766a_0abb_3c77_b2a8,
    0x81c2_c92e_47ed_aee6,
    0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364,
    0xa81a_664b_bc42_3001,
    0xc24b_8b70_d0f8_9791,
    0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218,
    0xd699_0624_5565_a910,
    0xf40e_3585_5771_202a,
    0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8,
    0x1e37_6c08_5141_ab53,
    0x2748_774c_df8e_eb99,
    0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63,
    0x4ed8_aa4a_e341_8acb,
    0x5b9c_ca4f_7763_e373,
    0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc,
    0x78a5_636f_4317_2f60,
    0x84c8_7814_a1f0_ab72,
    0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28,
    0xa450_6ceb_de82_bde9,
    0xbef9_a3f7_b2c6_7915,
    0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c,
    0xd186_b8c7_21c0_c207,
    0xeada_7dd6_cde0_eb1e,
    0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba,
    0x0a63_7dc5_a2c8_98a6,
    0x113f_9804_bef9_0dae,
    0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84,
    0x32ca_ab7b_40c7_2493,
    0x3c9e_be0a_15c9_bebc,
    0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6,
    0x597f_299c_fc65_7e2a,
    0x5fcb_6fab_3ad6_faec,
    0x6c44_198c_4a47_5817,
];

/// A hash function with words of one size. Its rounds are a loop: short code counts more than the last tenth of
/// speed.
macro_rules! hash {
    (
        $(#[$doc:meta])* $name:ident: $word:ident, $block:literal bytes, $state:literal of state, $rounds:literal rounds,
        constants $constants:ident, length $length:ident;
        small $s0:expr, $s1:expr; big $b0:expr, $b1:expr;
    ) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            hash: [$word; 8],
            /// The number of bytes so far.
            length: u64,
            /// The bytes since the last whole block.
            pending: [u8; $block],
        }

        impl $name {
            /// The length of [`Self::state`] in bytes.
            pub const STATE: usize = $state;
            const WORD: usize = $word::BITS as usize / 8;

            const fn start(hash: [$word; 8]) -> Self {
                let (length, pending) = (0, [0; $block]);
                Self { hash, length, pending }
            }

            fn filled(&self) -> usize {
                (self.length % $block) as usize
            }

            /// Adds the next bytes.
            pub fn update(&mut self, mut data: &[u8]) {
                let filled = self.filled();
                self.length = self.length.wrapping_add(data.len() as u64);
                if filled > 0 {
                    let (now, later) = data.split_at(data.len().min($block - filled));
                    self.pending[filled..filled + now.len()].copy_from_slice(now);
                    if filled + now.len() < $block {
                        return;
                    }
                    let block = self.pending;
                    self.compress(&block);
                    data = later;
                }
                let (blocks, rest) = data.as_chunks();
                for block in blocks {
                    self.compress(block);
                }
                self.pending[..rest.len()].copy_from_slice(rest);
            }

            fn finish_words(mut self) -> [$word; 8] {
                let filled = self.filled();
                self.pending[filled] = 0x80;
                self.pending[filled + 1..].fill(0);
                if filled + 1 + 2 * Self::WORD > $block {
                    let block = self.pending;
                    self.compress(&block);
                    self.pending.fill(0);
                }
                let bits = $length::from(self.length) << 3;
                self.pending[$block - 2 * Self::WORD..].copy_from_slice(&bits.to_be_bytes());
                let block = self.pending;
                self.compress(&block);
                self.hash
            }

            /// One round (§6.2.2 step 3, §6.4.2 step 3). The variables take turns instead of moving.
            #[inline(always)]
            fn round(
                constant: &$word,
                word: &$word,
                [a, b, c]: [$word; 3],
                d: &mut $word,
                [e, f, g]: [$word; 3],
                h: &mut $word,
            ) {
                let big: [fn($word) -> $word; 2] = [$b0, $b1];
                let first = h
                    .wrapping_add(big[1](e))
                    .wrapping_add(g ^ (e & (f ^ g)))
                    .wrapping_add(*constant)
                    .wrapping_add(*word);
                let second = big[0](a).wrapping_add((a & b) | (c & (a | b)));
                *d = d.wrapping_add(first);
                *h = first.wrapping_add(second);
            }

            fn compress(&mut self, block: &[u8; $block]) {
                let mut w = [0; 16];
                for (word, bytes) in w.iter_mut().zip(block.as_chunks().0) {
                    *word = $word::from_be_bytes(*bytes);
                }
                let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = self.hash;
                for (round, constants) in $constants.as_chunks::<16>().0.iter().enumerate() {
                    if round > 0 {
                        for at in 0..16 {
                            let small: [fn($word) -> $word; 2] = [$s0, $s1];
                            w[at] = w[at]
                                .wrapping_add(small[0](w[(at + 1) % 16]))
                                .wrapping_add(w[(at + 9) % 16])
                                .wrapping_add(small[1](w[(at + 14) % 16]));
                        }
                    }
                    let both = constants.as_chunks::<8>().0.iter().zip(w.as_chunks::<8>().0);
                    for ([k0, k1, k2, k3, k4, k5, k6, k7], [w0, w1, w2, w3, w4, w5, w6, w7]) in both {
                        Self::round(k0, w0, [a, b, c], &mut d, [e, f, g], &mut h);
                        Self::round(k1, w1, [h, a, b], &mut c, [d, e, f], &mut g);
                        Self::round(k2, w2, [g, h, a], &mut b, [c, d, e], &mut f);
                        Self::round(k3, w3, [f, g, h], &mut a, [b, c, d], &mut e);
                        Self::round(k4, w4, [e, f, g], &mut h, [a, b, c], &mut d);
                        Self::round(k5, w5, [d, e, f], &mut g, [h, a, b], &mut c);
                        Self::round(k6, w6, [c, d, e], &mut f, [g, h, a], &mut b);
                        Self::round(k7, w7, [b, c, d], &mut e, [f, g, h], &mut a);
                    }
                }
                for (word, new) in self.hash.iter_mut().zip([a, b, c, d, e, f, g, h]) {
                    *word = word.wrapping_add(new);
                }
            }

            /// The state, from which [`Self::from_state`] continues: the words of the hash, the number of bytes, and
            /// the bytes since the last whole block.
            #[must_use]
            pub fn state(&self) -> [u8; $state] {
                let mut state = [0; $state];
                let (hash, rest) = state.split_at_mut(8 * Self::WORD);
                let (length, pending) = rest.split_at_mut(8);
                for (bytes, word) in hash.as_chunks_mut().0.iter_mut().zip(&self.hash) {
                    *bytes = word.to_be_bytes();
                }
                length.copy_from_slice(&self.length.to_be_bytes());
                let filled = self.filled();
                pending[..filled].copy_from_slice(&self.pending[..filled]);
                state
            }

            /// Continues from a state. `None` if it is none: the number of bytes is 2⁴⁸ or more, or bytes that do
            /// not count are not zero.
            #[must_use]
            pub fn from_state(state: &[u8; $state]) -> Option<Self> {
                let (words, rest) = state.split_at(8 * Self::WORD);
                let (length, pending) = rest.split_first_chunk()?;
                let mut hash = [0; 8];
                for (word, bytes) in hash.iter_mut().zip(words.as_chunks().0) {
                    *word = $word::from_be_bytes(*bytes);
                }
                let mut own = Self::start(hash);
                own.length = u64::from_be_bytes(*length);
                own.pending.copy_from_slice(pending);
                let unused = &own.pending[own.filled()..];
                (own.length >> 48 == 0 && unused.iter().all(|byte| *byte == 0)).then_some(own)
            }
        }
    };
}

hash! {
    /// The state of SHA-256.
    Sha256: u32, 64 bytes, 104 of state, 64 rounds, constants K256, length u64;
    small |x| x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3),
        |x| x.rotate_right(17) ^ x.rotate_right(19) ^ (x >> 10);
    big |x| x.rotate_right(2) ^ x.rotate_right(13) ^ x.rotate_right(22),
        |x| x.rotate_right(6) ^ x.rotate_right(11) ^ x.rotate_right(25);
}

hash! {
    /// The state of SHA-512 and of SHA-384, which differ only in how they start and end.
    Sha512: u64, 128 bytes, 200 of state, 80 rounds, constants K512, length u128;
    small |x| x.rotate_right(1) ^ x.rotate_right(8) ^ (x >> 7),
        |x| x.rotate_right(19) ^ x.rotate_right(61) ^ (x >> 6);
    big |x| x.rotate_right(28) ^ x.rotate_right(34) ^ x.rotate_right(39),
        |x| x.rotate_right(14) ^ x.rotate_right(18) ^ x.rotate_right(41);
}

impl Sha256 {
    /// Without data yet (§5.3.3).
    #[must_use]
    pub const fn new_256() -> Self {
        Self::start([
            0x6a09_e667,
            0xbb67_ae85,
            0x3c6e_f372,
            0xa54f_f53a,
            0x510e_527f,
            0x9b05_688c,
            0x1f83_d9ab,
            0x5be0_cd19,
        ])
    }

    /// The digest of all data.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        let mut digest = [0; 32];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(self.finish_words()) {
            *bytes = word.to_be_bytes();
        }
        digest
    }
}

impl Sha512 {
    /// SHA-512 without data yet (§5.3.5).
    #[must_use]
    pub const fn new_512() -> Self {
        Self::start([
            0x6a09_e667_f3bc_c908,
            0xbb67_ae85_84ca_a73b,
            0x3c6e_f372_fe94_f82b,
            0xa54f_f53a_5f1d_36f1,
            0x510e_527f_ade6_82d1,
            0x9b05_688c_2b3e_6c1f,
            0x1f83_d9ab_fb41_bd6b,
            0x5be0_cd19_137e_2179,
        ])
    }

    /// SHA-384 without data yet (§5.3.4).
    #[must_use]
    pub const fn new_384() -> Self {
        Self::start([
            0xcbbb_9d5d_c105_9ed8,
            0x629a_292a_367c_d507,
            0x9159_015a_3070_dd17,
            0x152f_ecd8_f70e_5939,
            0x6733_2667_ffc0_0b31,
            0x8eb4_4a87_6858_1511,
            0xdb0c_2e0d_64f9_8fa7,
            0x47b5_481d_befa_4fa4,
        ])
    }

    /// The digest of all data with SHA-512. That with SHA-384 is its first 48 bytes.
    #[must_use]
    pub fn finish(self) -> [u8; 64] {
        let mut digest = [0; 64];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(self.finish_words()) {
            *bytes = word.to_be_bytes();
        }
        digest
    }
}
