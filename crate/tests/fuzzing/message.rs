//! CMS messages, signed again after each change.

use honnin::cms::{CmsOptions, Content, Outcome, verify_signed_data, verify_signed_data_with};
use honnin::signature::Hash;
use honnin::x509::{PathOptions, TrustAnchor};
use honnin::{Code, Report};

use super::bundle::Bundle;
use super::effort::bounded;
use super::sign::{AUTHORITY, LEAF, sign_all, signers};
use super::tree::{Body, Form, Node};
use crate::synthetic::cert::{Authority, Kind, NOW, ORGANIZATION, SIGN_TEST};
use crate::synthetic::cms::{
    DATA, Message, Signer, Wrapping, algorithm_protection, certificate_id, content_type,
    signing_certificate_v2, signing_time,
};
use crate::synthetic::der::{null, sequence, tlv};
use crate::synthetic::keys::{How, Key, hash_oid};
use crate::synthetic::lists;

/// The compared parts of a result.
#[derive(Debug, PartialEq)]
struct Verdict {
    code: Option<Code>,
    message: String,
    report: Report,
    signers: Vec<Option<Code>>,
    content: Option<Vec<u8>>,
}

fn verdict<P>(outcome: Outcome<'_, P>) -> Verdict {
    match outcome {
        Ok(data) => Verdict {
            code: None,
            message: data.content_type.to_string(),
            report: data.report,
            signers: data.signers.iter().map(|_| None).collect(),
            content: data.content.map(|content| content.into_owned()),
        },
        Err(refusal) => Verdict {
            code: Some(refusal.error.code()),
            message: refusal.error.message().to_owned(),
            report: refusal.error.report().clone(),
            signers: refusal
                .signers
                .iter()
                .map(|signer| signer.as_ref().err().map(honnin::Error::code))
                .collect(),
            content: None,
        },
    }
}

fn options(bundle: &Bundle) -> CmsOptions<'_> {
    let mut options = CmsOptions::default();
    options.content = (bundle.switch(0) & 1 != 0).then(|| Content::Data(bundle.first('D')));
    options.allow_sha1 = bundle.switch(0) & 2 != 0;
    options
}

/// Verifies the signatures alone.
fn signatures(message: &[u8], options: &CmsOptions<'_>) -> Verdict {
    verdict(verify_signed_data_with(message, options, |_, _| {
        Ok(((), Report::default()))
    }))
}

fn whole(bundle: &Bundle, message: &[u8]) -> Verdict {
    let intermediates = bundle.all('I');
    let anchors: Vec<_> = bundle
        .all('A')
        .into_iter()
        .filter_map(|der| TrustAnchor::from_certificate(der).ok())
        .collect();
    let mut path = PathOptions::new(&anchors, NOW);
    path.intermediates = &intermediates;
    let mut options = options(bundle);
    options.certificates = &intermediates;
    verdict(verify_signed_data(message, &options, &path))
}

pub fn run(input: &[u8]) -> bool {
    let mut bundle = Bundle::read(input);
    sign_all(&mut bundle);
    let message = bundle.first('M');
    let first = bounded(|| whole(&bundle, message));
    assert_eq!(
        first,
        whole(&bundle, message),
        "the same question, answered twice"
    );
    assert_eq!(
        first.code.is_none(),
        !first.signers.is_empty() && first.signers.iter().all(Option::is_none),
        "{first:?}"
    );
    let options = options(&bundle);
    let intermediates = bundle.all('I');
    let mut options = options;
    options.certificates = &intermediates;
    let alone = signatures(message, &options);
    if first.code.is_none() {
        assert_eq!(
            (alone.code, &alone.content),
            (None, &first.content),
            "good with its path, and not without"
        );
    }
    if alone.code.is_none() {
        signed_content(&bundle, message, &options, &alone);
    }
    first.code.is_none()
}

/// An accepted message is rejected with another content, and accepted in another encoding.
fn signed_content(bundle: &Bundle, message: &[u8], options: &CmsOptions<'_>, accepted: &Verdict) {
    let at = usize::from(bundle.switch(2)) << 8 | usize::from(bundle.switch(3));
    if let Some(Content::Data(data)) = options.content
        && accepted.content.is_none()
    {
        let mut other = data.to_vec();
        match other.len() {
            0 => other.push(0),
            length => other[at % length] ^= 1 << (bundle.switch(1) % 8),
        }
        let mut changed = *options;
        changed.content = Some(Content::Data(&other));
        assert!(
            signatures(message, &changed).code.is_some(),
            "the content may be changed"
        );
    }
    let Some(tree) = Node::parse(message) else {
        return;
    };
    let mut changed = tree.clone();
    if flip_signed(&mut changed, at, bundle.switch(1)) {
        let found = signatures(&changed.encode(), options);
        assert!(found.code.is_some(), "what was signed may be changed");
    }
    // Indefinite lengths outside mean the same.
    let mut rewritten = tree.clone();
    for way in [&[][..], &[1], &[1, 0]] {
        if let Some(node) = rewritten.find_mut(way) {
            node.form = Form::Indefinite;
        }
    }
    assert_eq!(
        signatures(&rewritten.encode(), options),
        *accepted,
        "the same message in BER"
    );
    // Unsigned data does not matter.
    let mut more = tree;
    for signer in signers(&mut more).into_iter().flatten() {
        let children = signer.children_mut().map(std::mem::take).unwrap_or_default();
        let mut children: Vec<Node> = children.into_iter().filter(|child| child.tag != 0xa1).collect();
        children.push(Node::of(
            0xa1,
            &sequence(&[&crate::synthetic::der::oid("1.2.392.1.1"), &tlv(0x31, &null())]),
        ));
        signer.body = Body::Nodes(Vec::new(), children);
    }
    assert_eq!(
        signatures(&more.encode(), options).code,
        None,
        "an unsigned attribute counts"
    );
}

/// Changes one bit of a value among the signed attributes, or of the signature, of the first signer.
fn flip_signed(tree: &mut Node, at: usize, bit: u8) -> bool {
    let Some(signer) = signers(tree).and_then(|signers| signers.first_mut()) else {
        return false;
    };
    let place = if signer.find(&[3]).is_some_and(|node| node.tag == 0xa0) {
        3
    } else {
        4
    };
    let Some(part) = signer.find_mut(&[place]) else {
        return false;
    };
    let count = part.count();
    let Some(node) = part.at_mut(at % count) else {
        return false;
    };
    let Body::Bytes(bytes) = &mut node.body else {
        return false;
    };
    let length = bytes.len();
    match bytes.get_mut(at.checked_rem(length).unwrap_or_default()) {
        Some(byte) => *byte ^= 1 << (bit % 8),
        None => return false,
    }
    true
}

/// A CA of the tests, and the leaf of each of its keys.
pub struct World {
    pub authority: Authority,
}

impl World {
    pub fn new() -> Self {
        Self {
            authority: Authority::new(ORGANIZATION, Kind::Sign, 1, Key::p256("authority")),
        }
    }

    pub fn leaf(&self, serial: u64, key: &Key) -> Vec<u8> {
        self.authority.issue(serial, key, SIGN_TEST)
    }

    pub fn signer(&self, serial: u64, key: &Key, content: &[u8]) -> Signer {
        Signer::new(&self.authority.leaf(serial, key, SIGN_TEST), key, content)
    }

    pub fn bundle(&self) -> Bundle {
        Bundle::default().with('A', AUTHORITY, &self.authority.certificate)
    }
}

pub fn seeds() -> Vec<Bundle> {
    const CONTENT: &[u8] = b"A contract.";
    let world = World::new();
    let (p256, p384, rsa) = (Key::p256("leaf"), Key::p384("leaf"), Key::rsa(1));
    let leaves = [
        world.leaf(0x11, &p256),
        world.leaf(0x22, &p384),
        world.leaf(0x33, &rsa),
    ];
    let signer = || world.signer(0x11, &p256, CONTENT);
    let of = |message: Message| {
        world
            .bundle()
            .with('M', LEAF, message.write())
            .with('D', 0, CONTENT)
    };
    let one = |signer: Signer| Message::new(CONTENT, &[&leaves[0]], &[signer]);
    let protection = algorithm_protection(
        &sequence(&[&hash_oid(Hash::Sha256), &null()]),
        &p256.algorithm(How::Usual(Hash::Sha256)),
    );
    let named = signer()
        .with_attribute(signing_certificate_v2(&[&certificate_id(
            Hash::Sha256,
            &leaves[0],
        )]))
        .with_attribute(signing_time("260630000000Z"))
        .with_attribute(protection);
    let mut padded = signer();
    padded.wrapping = Wrapping::Padded;
    let mut pss = world.signer(0x33, &rsa, CONTENT);
    pss.how = How::Pss(Hash::Sha256);
    pss.signature_algorithm = rsa.algorithm(pss.how);
    let mut enclosing = one(signer().by_key_identifier());
    enclosing.crls = vec![lists::crl(&world.authority, &[5, 6])];
    let mut typed = one(signer());
    typed.content_type = "1.2.840.113549.1.9.16.1.4".into();
    if let Some(attributes) = &mut typed.signers[0].attributes {
        attributes[0] = content_type(&typed.content_type);
    }
    vec![
        of(one(signer())).with('#', 0, [0, 0, 0, 9]),
        of(one(named)).with('#', 0, [2, 1, 0, 9]),
        of(one(signer()).detached()).with('#', 0, [1, 0, 0, 9]),
        of(one(signer().without_attributes())).with('#', 0, [0, 0, 0, 9]),
        of(one(padded)).with('#', 0, [0, 0, 0, 9]),
        of(Message::new(
            CONTENT,
            &[&leaves[0], &leaves[1]],
            &[signer(), world.signer(0x22, &p384, CONTENT)],
        ))
        .with('#', 0, [0, 0, 0, 9]),
        of(Message::new(CONTENT, &[&leaves[2]], &[pss])).with('#', 0, [0, 0, 0, 9]),
        of(Message::new(CONTENT, &[], &[world.signer(0x33, &rsa, CONTENT)]))
            .with('I', AUTHORITY, &leaves[2])
            .with('#', 0, [0, 0, 0, 9]),
        of(one(signer()).ber()).with('#', 0, [0, 0, 0, 9]),
        of(enclosing).with('#', 0, [0, 0, 0, 9]),
        of(typed).with('#', 0, [0, 0, 0, 9]),
        of(Message::new(CONTENT, &[&leaves[0]], &[]))
            .with('D', 0, DATA)
            .with('#', 0, [0, 0, 0, 9]),
    ]
}
