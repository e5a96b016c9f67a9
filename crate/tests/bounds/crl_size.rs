//! A CRL of a million entries: scanned, not collected.

use std::time::Instant;

use crate::allocations::spent;
use crate::pki::*;
use honnin::Code;
use honnin::x509::{Crl, PathOptions, Requirement, TrustAnchor, verify_certificate};

fn serial(number: u32) -> Vec<u8> {
    [&[0x11][..], &number.to_be_bytes()].concat()
}

#[test]
fn a_million_entries_without_an_allocation_per_entry() {
    let key = Key::new(1);
    let anchor = root("Root", &key);
    let mut crl = CrlTemplate::new("Root");
    // Every entry alike but for its serial number, which stands behind four bytes of tags and lengths.
    let mut entry = crl_entry(&serial(0), &[reason(3)]);
    crl.entries.reserve(1_000_000 * entry.len());
    for number in 0..1_000_000 {
        entry[4..9].copy_from_slice(&serial(2 * number));
        crl.entries.extend_from_slice(&entry);
    }
    let crl = crl.sign(&key);
    let anchors = [TrustAnchor::from_certificate(&anchor).unwrap()];
    let crls = [crl.as_slice()];
    let verify = |number: u32| {
        let leaf = Template::new("Root", "Leaf", &Key::new(3))
            .serial(&serial(number))
            .sign(&key);
        let mut options = PathOptions::new(&anchors, NOW);
        options.revocation.crls = &crls;
        options.revocation.require = Requirement::Path;
        let before = spent();
        let started = Instant::now();
        let ended = verify_certificate(&leaf, &options)
            .map(|_| ())
            .map_err(|error| error.code());
        let after = spent();
        let spent = (after.allocations - before.allocations, after.bytes - before.bytes);
        println!(
            "{} MiB of CRL: {:.1} ms, {} allocations of {} bytes",
            crl.len() >> 20,
            started.elapsed().as_secs_f64() * 1e3,
            spent.0,
            spent.1
        );
        assert!(spent.0 < 1_000, "{} allocations", spent.0);
        assert!(spent.1 < 1 << 20, "{} bytes", spent.1);
        ended
    };
    assert_eq!(verify(1_999_998), Err(Code::CertificateRevoked));
    assert_eq!(verify(999_999), Ok(()));

    let read = Crl::from_der(&crl).unwrap();
    let wanted = serial(1_999_999);
    let before = spent();
    let started = Instant::now();
    let found = read.find(&wanted, read.issuer()).unwrap();
    let (took, after) = (started.elapsed(), spent());
    println!("scan alone: {:.1} ms", took.as_secs_f64() * 1e3);
    assert_eq!((found, after), (None, before));
}
