//! Signed PDF files around a message that is signed again.

use honnin::cms::{CmsOptions, pdf_signatures, verify_pdf_with};
use honnin::{Code, Error, Report};

use super::bundle::Bundle;
use super::effort::bounded;
use super::message::World;
use super::sign::{LEAF, sign_message};
use super::tree::Node;
use crate::synthetic::cms::{Message, certificate_id, signing_certificate_v2};
use crate::synthetic::keys::Key;
use crate::synthetic::pdf::{ByteRange, DICTIONARY, signed, whole};

const HEAD: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
/// The room that `signed` leaves for a message, in bytes.
const ROOM: usize = 3_000;

type Verdict = Result<usize, (Code, String, Vec<Option<Code>>)>;

fn verify(file: &[u8]) -> Verdict {
    verify_pdf_with(file, &CmsOptions::default(), |_, _| Ok(((), Report::default())))
        .map(|signers| signers.len())
        .map_err(|refusal| {
            let each = refusal
                .signatures
                .iter()
                .map(|signer| signer.as_ref().err().map(Error::code));
            (
                refusal.error.code(),
                refusal.error.message().to_owned(),
                each.collect(),
            )
        })
}

/// The file made from the parts: the start, and as many signatures as a switch says, each covering everything
/// before it.
fn file(bundle: &Bundle) -> Option<Vec<u8>> {
    let mut dictionary = bundle.text('f');
    let once = |mark: char| dictionary.matches(mark).count() == 1;
    if !once('@') || !once('#') {
        return None;
    }
    dictionary = dictionary.replace("  ", " ");
    let ranges: [ByteRange; 4] = [
        whole,
        |gap, length| [0, gap.0, gap.1, length - gap.1 - 1],
        |gap, length| [1, gap.0 - 1, gap.1, length - gap.1],
        |gap, length| [0, gap.0 - 1, gap.1, length - gap.1],
    ];
    let range = match bundle.switch(4) {
        number @ 0..4 => ranges[usize::from(number)],
        _ => whole,
    };
    let template = Node::parse(bundle.first('M'))?;
    let message = |covered: &[u8]| {
        let mut tree = template.clone();
        sign_message(&mut tree, LEAF, covered);
        let mut message = tree.encode();
        message.truncate(ROOM);
        message
    };
    let mut file = bundle.first('h').to_vec();
    for _ in 0..=bundle.switch(5) % 3 {
        file = signed(&file, &dictionary, range, message);
    }
    file.extend(bundle.first('t'));
    Some(file)
}

pub fn run(bundle: &Bundle) -> bool {
    let Some(file) = file(bundle) else {
        return false;
    };
    let first = bounded(|| verify(&file));
    assert_eq!(first, verify(&file), "the same question, answered twice");
    if first.is_err() {
        return false;
    }
    let found = pdf_signatures(&file).unwrap();
    let last = found
        .iter()
        .flatten()
        .find(|signature| signature.covers_whole_file)
        .unwrap();
    let [before, after] = last.content;
    // The last signature covers every byte outside it.
    let at = usize::from(bundle.switch(2)) << 8 | usize::from(bundle.switch(3));
    let at = at % (before.len() + after.len());
    let place = if at < before.len() {
        at
    } else {
        file.len() - after.len() + at - before.len()
    };
    let mut changed = file.clone();
    changed[place] ^= 1 << (bundle.switch(1) % 8);
    assert!(
        verify(&changed).is_err(),
        "byte {place} of the file may be changed"
    );
    let mut longer = file.clone();
    longer.push(b'\n');
    assert!(verify(&longer).is_err(), "something may follow");
    true
}

pub fn seeds() -> Vec<Bundle> {
    let world = World::new();
    let key = Key::p256("leaf");
    let leaf = world.leaf(0x11, &key);
    let named = signing_certificate_v2(&[&certificate_id(honnin::signature::Hash::Sha256, &leaf)]);
    let signer = world.signer(0x11, &key, b"").with_attribute(named);
    let message = Message::new(b"", &[&leaf], &[signer]).detached().write();
    let of = |dictionary: &str, switches: [u8; 6]| {
        Bundle::default()
            .with('h', 0, HEAD)
            .with('f', 0, dictionary)
            .with('M', 0, &message)
            .with('t', 0, b"")
            .with('#', 0, switches)
    };
    let cades = DICTIONARY.replace("adbe.pkcs7.detached", "ETSI.CAdES.detached");
    vec![
        of(DICTIONARY, [0, 0, 0, 9, 0, 0]),
        of(&cades, [0, 0, 0, 9, 9, 1]),
        of(DICTIONARY, [0, 0, 0, 9, 9, 2]),
    ]
}
