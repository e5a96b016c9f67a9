//! What memory the signatures of a PDF file take.

use crate::allocations;
use crate::synthetic::pdf::{DICTIONARY, signed, whole};
use honnin::Report;
use honnin::cms::{CmsOptions, MAX_SIGNATURES, pdf_signatures, verify_pdf_with};

#[test]
fn many_signatures_of_a_large_file_do_not_multiply_it() {
    let mut file = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n".to_vec();
    file.resize(4 << 20, b' ');
    file.extend(b"2 0 obj\n<< >>\nendobj\n");
    for _ in 0..MAX_SIGNATURES {
        file = signed(&file, DICTIONARY, whole, |_| vec![0x30, 0]);
    }
    let (found, peak) = allocations::peak_of(|| pdf_signatures(&file).unwrap());
    assert!(found.iter().all(Result::is_ok));
    assert!(peak < 3 * file.len(), "{peak} bytes");
    let (_, peak) = allocations::peak_of(|| {
        verify_pdf_with(&file, &CmsOptions::default(), |_, _| Ok(((), Report::default())))
    });
    assert!(peak < 3 * file.len(), "{peak} bytes");
}
