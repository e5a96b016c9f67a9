//! The maximum cost of hostile input, in addition to the graphs of `x509_hostile`: time as a multiple of one
//! RSA-2048 verification, memory in bytes.
//!
//! The limit is 50 ms and 16 MiB on a machine with 0.075 ms for one RSA-2048 verification, minus a tenth for
//! other work of the machine: 600 verifications. The yardstick is the `rsa` crate, so that it does not change
//! with our arithmetic. To hash a long CRL once does not count: how long that takes in verifications depends on the
//! machine, and a CRL of a million entries takes longer than the limit. Times are the minimum of several runs in one process, and are checked only in
//! optimized builds (`cargo test --profile measured --test bounds`). `tests/bounds` checks the WebAssembly module in the same way,
//! with the inputs that are written here.

use crate::allocations;
use crate::pki;
use std::time::Instant;

use crate::hostile::{
    Hostile, Question, hostile, long_names, many_signatures, many_signers, repeated, spread,
};
use base64ct::{Base64, Encoding};
use rsa::{BoxedUint, Pkcs1v15Sign, PublicKey};

/// The maximum time of one result, in RSA-2048 verifications.
const MOST_VERIFICATIONS: f64 = 600.0;
/// The maximum memory of one result in bytes, beyond the memory in use before.
const MOST_BYTES: usize = 16 << 20;

/// The minimum time of `work` in seconds.
fn least<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    (0..runs)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(work());
            started.elapsed().as_secs_f64()
        })
        .fold(f64::MAX, f64::min)
}

/// The time of one RSA-2048 verification with the `rsa` crate, in seconds.
fn one_verification() -> f64 {
    let fixture: serde_json::Value = serde_json::from_str(include_str!("../data/signatures.json")).unwrap();
    let bytes = |value: &serde_json::Value| Base64::decode_vec(value.as_str().unwrap()).unwrap();
    let case = fixture["cases"]
        .as_array()
        .unwrap()
        .iter()
        .find(|case| case["name"] == "2048 sha256")
        .unwrap();
    let (data, spki, signature) = (
        bytes(&fixture["data"]),
        bytes(&case["spki"]),
        bytes(&case["signature"]),
    );
    // The modulus comes after 33 bytes of headers and before an exponent of five bytes.
    let (modulus, exponent) = (&spki[33..33 + 256], [1, 0, 1]);
    assert!(spki.ends_with(&[2, 3, 1, 0, 1]) && spki.len() == 33 + 256 + 5);
    let digest = honnin::signature::Hash::Sha256.digest(&data);
    let prefix: &[u8] = &[
        0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 1, 5, 0, 4, 0x20,
    ];
    let info = [prefix, &digest].concat();
    least(200, || {
        let key = PublicKey::new(
            BoxedUint::from_be_slice_vartime(modulus),
            BoxedUint::from_be_slice_vartime(&exponent),
        )
        .unwrap();
        key.verify(Pkcs1v15Sign::new_unprefixed(), &info, &signature)
            .unwrap();
    })
}

#[test]
fn each_ends_in_its_code_within_the_memory() {
    let messages = many_signers().into_iter().chain(many_signatures());
    for case in hostile()
        .into_iter()
        .chain(long_names())
        .chain(repeated())
        .chain(messages)
    {
        let (ended, bytes) = allocations::peak_of(|| case.ask());
        println!("{:>8} bytes: {}", bytes, case.name);
        assert_eq!(ended, case.expected, "{}", case.name);
        assert!(bytes < MOST_BYTES, "{}: {bytes} bytes", case.name);
    }
}

fn check_times(cases: Vec<Hostile>) {
    let mut one = one_verification();
    println!("one RSA-2048 verification: {:.3} ms", one * 1e3);
    let mut over = Vec::new();
    for case in cases {
        // A unit that something disturbed would loosen the bound.
        one = one.min(one_verification());
        let signed = vec![0; case.hashed()];
        let hashing = least(3, || honnin::signature::Hash::Sha256.digest(&signed));
        let ask = |runs| (least(runs, || case.ask()) - hashing).max(0.0);
        let mut took = ask(5);
        let mut ratio = took / one;
        // A machine that is slower for a while is slower for both: they are compared again, side by side.
        for _ in 0..40 {
            if ratio <= MOST_VERIFICATIONS {
                break;
            }
            let before = one_verification();
            let again = ask(1);
            let beside = before.min(one_verification());
            if again / beside < ratio {
                (took, ratio) = (again, again / beside);
            }
        }
        println!(
            "{:>8.2} ms beside {:.2} for hashing, {ratio:>6.1} verifications: {}",
            took * 1e3,
            hashing * 1e3,
            case.name
        );
        assert_eq!(case.ask(), case.expected, "{}", case.name);
        if ratio > MOST_VERIFICATIONS {
            over.push((case.name, ratio));
        }
    }
    assert!(over.is_empty(), "too long: {over:?}");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "measures optimised code only")]
fn each_costs_a_bounded_multiple_of_one_verification() {
    check_times(hostile());
}

#[test]
#[cfg_attr(debug_assertions, ignore = "measures optimised code only")]
fn parts_share_one_budget() {
    check_times(spread());
}

#[test]
#[cfg_attr(debug_assertions, ignore = "measures optimised code only")]
fn work_that_is_asked_for_again_is_paid_for_again() {
    check_times(repeated());
}

#[test]
#[cfg_attr(debug_assertions, ignore = "measures optimised code only")]
fn long_names_are_paid_for() {
    check_times(long_names());
}

#[test]
#[cfg_attr(debug_assertions, ignore = "measures optimised code only")]
fn what_signers_have_in_common_is_done_once() {
    check_times(many_signers());
}

#[test]
#[cfg_attr(debug_assertions, ignore = "measures optimised code only")]
fn signatures_of_a_file_share_one_budget() {
    check_times(many_signatures());
}

/// For `tests/bounds`: each input as a file, and the offsets of its parts.
#[test]
fn writes_the_shapes_out() {
    let Some(folder) = std::env::var_os("HONNIN_SHAPES").map(std::path::PathBuf::from) else {
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    let mut manifest = Vec::new();
    for (at, case) in hostile()
        .into_iter()
        .chain(spread())
        .chain(long_names())
        .chain(many_signers())
        .chain(repeated())
        .enumerate()
    {
        let mut bytes = Vec::new();
        let mut place = |part: &[u8]| {
            let place = [bytes.len(), part.len()];
            bytes.extend_from_slice(part);
            place
        };
        let mut entry = serde_json::json!({
            "name": case.name,
            "file": format!("{at}.bin"),
            "now": pki::NOW,
            "expected": case.expected.map_or_else(|code| code.as_str(), |_| "valid"),
            "anchor": place(&case.anchor),
        });
        match &case.question {
            Question::Certificate {
                leaf,
                intermediates,
                crls,
                responses,
            } => {
                entry["certificate"] = place(leaf).to_vec().into();
                for (name, list) in [
                    ("intermediates", intermediates),
                    ("crls", crls),
                    ("responses", responses),
                ] {
                    entry[name] = list
                        .iter()
                        .map(|part| place(part).to_vec())
                        .collect::<Vec<_>>()
                        .into();
                }
            }
            Question::Message(message) => entry["message"] = place(message).to_vec().into(),
            // The module has no function for PDF files.
            Question::File(_) => continue,
        }
        std::fs::write(folder.join(format!("{at}.bin")), bytes).unwrap();
        manifest.push(entry);
    }
    std::fs::write(
        folder.join("manifest.json"),
        serde_json::to_vec(&manifest).unwrap(),
    )
    .unwrap();
}
