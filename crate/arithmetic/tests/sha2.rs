//! SHA-2 against the RustCrypto crate.
use honnin_arithmetic::sha2::{Sha256, Sha512};
use sha2::Digest as _;

#[test]
fn every_length_up_to_three_blocks_in_two_pieces() {
    let data: Vec<u8> = (0..400_u32).map(|at| (at * 7 + at / 13) as u8).collect();
    for length in 0..data.len() {
        for cut in [
            0,
            1,
            length / 2,
            length.saturating_sub(1),
            length.min(64),
            length.min(128),
        ] {
            let (first, second) = data[..length].split_at(cut.min(length));
            let mut hash = Sha256::new_256();
            hash.update(first);
            let mut hash = Sha256::from_state(&hash.state()).unwrap();
            hash.update(second);
            assert_eq!(
                hash.finish().as_slice(),
                sha2::Sha256::digest(&data[..length]).as_slice()
            );
            let mut hash = Sha512::new_512();
            hash.update(first);
            let mut hash = Sha512::from_state(&hash.state()).unwrap();
            hash.update(second);
            assert_eq!(
                hash.finish().as_slice(),
                sha2::Sha512::digest(&data[..length]).as_slice()
            );
            let mut hash = Sha512::new_384();
            hash.update(first);
            let mut hash = Sha512::from_state(&hash.state()).unwrap();
            hash.update(second);
            assert_eq!(
                &hash.finish()[..48],
                sha2::Sha384::digest(&data[..length]).as_slice()
            );
        }
    }
}
