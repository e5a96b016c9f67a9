//! RSA against the RustCrypto crate.
use honnin_arithmetic::rsa::Key;
use rsa::traits::PublicKeyParts as _;
use rsa::{BoxedUint, RsaPublicKey, hazmat::rsa_encrypt};

struct Random(u64);
impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}

#[test]
fn agrees() {
    let mut random = Random(7);
    for bits in [
        2048, 2047, 2049, 2050, 2055, 2056, 3072, 4096, 8192, 3556, 3557, 2100, 2051, 2052, 7000,
    ] {
        for round in 0..6 {
            let mut n = random.bytes(usize::div_ceil(bits, 8));
            let top = (bits - 1) % 8;
            n[0] = (n[0] & ((1 << top) - 1)) | 1 << top;
            if round == 1 {
                n[1..].fill(0xff);
                n[0] = ((1_u16 << (top + 1)) - 1) as u8;
            }
            if round == 2 {
                n[1..].fill(0);
            }
            *n.last_mut().unwrap() |= 1;
            let e = [65537_u32, 3, 17, 0xffff_ffff, 65537, 65537][round];
            let key = Key::new(&n, e).unwrap();
            let reference = RsaPublicKey::new_with_max_size(
                BoxedUint::from_be_slice_vartime(&n),
                BoxedUint::from(u64::from(e)),
                8192,
            );
            let Ok(reference) = reference else {
                println!("skip {bits} {e}");
                continue;
            };
            for kind in 0..4 {
                let mut s = random.bytes(n.len());
                s[0] = 0;
                if kind == 1 {
                    s.fill(0);
                    *s.last_mut().unwrap() = 2;
                }
                if kind == 2 {
                    s = n.clone();
                    *s.last_mut().unwrap() -= 1;
                }
                if kind == 3 {
                    s = n.clone();
                }
                let mut out = vec![0; n.len()];
                let number = BoxedUint::from_be_slice_vartime(&s);
                let below = number < **reference.n();
                assert_eq!(key.apply(&s, &mut out), below);
                if below {
                    let expected = rsa_encrypt(&reference, &number).unwrap().to_be_bytes();
                    let expected = &expected[expected.len() - n.len()..];
                    assert_eq!(out, expected, "{bits} {round} {kind}");
                }
            }
        }
    }
}
