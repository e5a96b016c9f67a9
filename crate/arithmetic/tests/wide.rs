//! Against the RustCrypto crates: many keys, many signatures.

use p256::ecdsa::signature::hazmat::{PrehashSigner as _, PrehashVerifier as _};

struct Random(u64);
impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut all = [0; N];
        for chunk in all.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
        all
    }
}

#[test]
fn p256_agrees() {
    let mut random = Random(1);
    let generator = honnin_arithmetic::p256::GeneratorTable::new().unwrap();
    for _ in 0..200 {
        let secret = p256::ecdsa::SigningKey::from_slice(&random.bytes::<32>()).unwrap();
        let point = secret.verifying_key().to_sec1_point(false);
        let key = honnin_arithmetic::p256::Key::new(point.x().unwrap().as_ref(), point.y().unwrap().as_ref())
            .unwrap();
        let table = key.table().unwrap();
        for _ in 0..4 {
            let digest = random.bytes::<32>();
            let signature: p256::ecdsa::Signature = secret.sign_prehash(&digest).unwrap();
            let (r, s) = signature.split_bytes();
            let (r, s): ([u8; 32], [u8; 32]) = (r.into(), s.into());
            assert!(key.verify(&digest, &r, &s));
            assert!(generator.verify(&table, &digest, &r, &s));
            let mut other = digest;
            other[5] ^= 1;
            assert!(!key.verify(&other, &r, &s));
            assert!(!generator.verify(&table, &other, &r, &s));
            assert!(secret.verifying_key().verify_prehash(&other, &signature).is_err());
        }
    }
}
