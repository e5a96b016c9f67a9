//! Minimal CRLs and OCSP responses.

use honnin::signature::Hash;

use super::cert::Authority;
use super::der::{bits, context, integer, null, octets, oid, sequence, tlv, utc_time};
use super::keys::hash_oid;

/// A complete CRL of the CA, of 2026-06-30, valid for ten days.
pub fn crl(authority: &Authority, revoked: &[u64]) -> Vec<u8> {
    crl_since(authority, "260630000000Z", revoked)
}

/// The same with another date.
pub fn crl_since(authority: &Authority, this_update: &'static str, revoked: &[u64]) -> Vec<u8> {
    let entries: Vec<Vec<u8>> = revoked
        .iter()
        .map(|serial| sequence(&[&integer(*serial), &utc_time("260601000000Z")]))
        .collect();
    let number = super::cert::extension("2.5.29.20", false, &integer(7));
    list(authority, this_update, &entries, &[number])
}

fn list(
    authority: &Authority,
    this_update: &'static str,
    entries: &[Vec<u8>],
    extensions: &[Vec<u8>],
) -> Vec<u8> {
    let algorithm = authority.key.algorithm(authority.key.usual());
    let mut parts = vec![
        integer(1),
        algorithm.clone(),
        authority.fields.subject.clone(),
        utc_time(this_update),
        utc_time("260710000000Z"),
    ];
    if !entries.is_empty() {
        parts.push(tlv(0x30, &entries.concat()));
    }
    parts.push(context(0, &tlv(0x30, &extensions.concat())));
    let tbs = tlv(0x30, &parts.concat());
    let signature = authority.key.sign(authority.key.usual(), &tbs);
    sequence(&[&tbs, &algorithm, &bits(&signature)])
}

/// A complete CRL of 2026-06-30 without entries, and the delta CRL of the same day that revokes a
/// certificate.
pub fn delta_of(authority: &Authority, revoked: u64) -> [Vec<u8>; 2] {
    let number = |number| super::cert::extension("2.5.29.20", false, &integer(number));
    let base = super::cert::extension("2.5.29.27", true, &integer(7));
    let entry = sequence(&[&integer(revoked), &utc_time("260601000000Z")]);
    [
        crl(authority, &[]),
        list(authority, "260630000000Z", &[entry], &[number(8), base]),
    ]
}

/// One SingleResponse.
#[derive(Clone)]
pub struct Answer {
    /// The key bits of the issuer.
    pub key: Vec<u8>,
    pub serial: u64,
    /// Since 2026-06-01.
    pub revoked: bool,
    pub this_update: &'static str,
    pub next_update: Option<&'static str>,
}

impl Answer {
    /// Of 2026-06-30, valid for ten days.
    pub fn new(authority: &Authority, serial: u64, revoked: bool) -> Self {
        Self {
            key: authority.key.identifier(),
            serial,
            revoked,
            this_update: "20260630000000Z",
            next_update: Some("20260710000000Z"),
        }
    }
}

/// A response signed by the CA itself about one serial number: good, or revoked since 2026-06-01.
pub fn ocsp(authority: &Authority, serial: u64, revoked: bool) -> Vec<u8> {
    ocsp_of(authority, &[Answer::new(authority, serial, revoked)], &[])
}

/// The same with any SingleResponse entries, all for issuers with the CA's name, and with certificates.
pub fn ocsp_of(authority: &Authority, answers: &[Answer], certificates: &[Vec<u8>]) -> Vec<u8> {
    let time = |text: &str| tlv(0x18, text.as_bytes());
    let answers: Vec<Vec<u8>> = answers
        .iter()
        .map(|answer| {
            // The key bits of the issuer, whose hash is the identifier.
            let id = sequence(&[
                &sequence(&[&hash_oid(Hash::Sha1), &null()]),
                &octets(&Hash::Sha1.digest(&authority.fields.subject)),
                &octets(&answer.key),
                &integer(answer.serial),
            ]);
            let status = if answer.revoked {
                tlv(0xa1, &time("20260601000000Z"))
            } else {
                vec![0x80, 0]
            };
            let until = answer.next_update.map(|next| context(0, &time(next)));
            sequence(&[
                &id,
                &status,
                &time(answer.this_update),
                &until.unwrap_or_default(),
            ])
        })
        .collect();
    let data = sequence(&[
        &context(2, &octets(&authority.key.identifier())),
        &time("20260630000000Z"),
        &tlv(0x30, &answers.concat()),
    ]);
    let algorithm = authority.key.algorithm(authority.key.usual());
    let signature = authority.key.sign(authority.key.usual(), &data);
    let enclosed = match certificates {
        [] => Vec::new(),
        some => context(0, &tlv(0x30, &some.concat())),
    };
    let basic = sequence(&[&data, &algorithm, &bits(&signature), &enclosed]);
    let bytes = sequence(&[&oid("1.3.6.1.5.5.7.48.1.1"), &octets(&basic)]);
    sequence(&[&tlv(0x0a, &[0]), &context(0, &bytes)])
}
