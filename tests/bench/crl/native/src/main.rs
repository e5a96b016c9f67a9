//! Finds serial numbers in a CRL: `crl-bench <honnin|x509-cert> <crl.der> <serial in hex> …`. Prints JSON:
//! the minimum time of several rounds in milliseconds, the bytes in use, the number of allocations, and the
//! results.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use x509_cert::crl::CertificateList;
use x509_cert::der::Decode as _;

struct Counting;
static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system allocator; only counters are added.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        let live = LIVE.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(live, Relaxed);
        // SAFETY: passed on unchanged.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: passed on unchanged.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn with_honnin(der: &[u8], serials: &[Vec<u8>]) -> Vec<bool> {
    let crl = honnin::x509::Crl::from_der(der).expect("a CRL");
    let find = |serial| crl.find(serial, crl.issuer()).expect("entries").is_some();
    serials.iter().map(|serial| find(serial)).collect()
}

fn with_x509_cert(der: &[u8], serials: &[Vec<u8>]) -> Vec<bool> {
    let crl = CertificateList::<x509_cert::certificate::Rfc5280>::from_der(der).expect("a CRL");
    let entries = crl.tbs_cert_list.revoked_certificates.unwrap_or_default();
    let find = |serial: &Vec<u8>| {
        entries
            .iter()
            .any(|entry| entry.serial_number.as_bytes() == serial.as_slice())
    };
    serials.iter().map(find).collect()
}

fn main() {
    let mut words = std::env::args().skip(1);
    let (Some(who), Some(file)) = (words.next(), words.next()) else {
        eprintln!("usage: crl-bench <honnin|x509-cert> <crl.der> <serial in hex> …");
        std::process::exit(2);
    };
    let der = std::fs::read(file).expect("the CRL's file");
    let serials: Vec<Vec<u8>> = words
        .map(|hex| {
            (0..hex.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex"))
                .collect()
        })
        .collect();
    let look = match who.as_str() {
        "honnin" => with_honnin,
        "x509-cert" => with_x509_cert,
        _ => std::process::exit(2),
    };
    let (mut least, mut found, mut allocations, mut peak) = (f64::MAX, Vec::new(), 0, 0);
    for _ in 0..5 {
        let (before, held) = (ALLOCATIONS.load(Relaxed), LIVE.load(Relaxed));
        PEAK.store(held, Relaxed);
        let started = Instant::now();
        found = look(&der, &serials);
        least = least.min(started.elapsed().as_secs_f64() * 1e3);
        allocations = ALLOCATIONS.load(Relaxed) - before;
        peak = PEAK.load(Relaxed) - held;
    }
    println!(r#"{{"ms":{least:.3},"bytes":{peak},"allocations":{allocations},"found":{found:?}}}"#);
}
