//! CRLs and OCSP responses, as small as they can be.

use honnin::signature::Hash;

use super::cert::Authority;
use super::der::{bits, context, integer, null, octets, oid, sequence, tlv, utc_time};
use super::keys::hash_oid;

/// A complete CRL of the authority, of 2026-06-30, good for ten days.
pub fn crl(authority: &Authority, revoked: &[u64]) -> Vec<u8> {
    crl_since(authority, "260630000000Z", revoked)
}

/// The same of another day.
pub fn crl_since(authority: &Authority, this_update: &'static str, revoked: &[u64]) -> Vec<u8> {
    let entries: Vec<Vec<u8>> = revoked
        .iter()
        .map(|serial| sequence(&[&integer(*serial), &utc_time("260601000000Z")]))
        .collect();
    let algorithm = authority.key.algorithm(authority.key.usual());
    let number = super::cert::extension("2.5.29.20", false, &integer(7));
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
    parts.push(context(0, &sequence(&[&number])));
    let tbs = tlv(0x30, &parts.concat());
    let signature = authority.key.sign(authority.key.usual(), &tbs);
    sequence(&[&tbs, &algorithm, &bits(&signature)])
}

/// A response by the authority itself about one serial number: good, or revoked since 2026-06-01.
pub fn ocsp(authority: &Authority, serial: u64, revoked: bool) -> Vec<u8> {
    let time = |text: &str| tlv(0x18, text.as_bytes());
    // The bits of the authority's key: what its identifier is the hash of.
    let id = sequence(&[
        &sequence(&[&hash_oid(Hash::Sha1), &null()]),
        &octets(&Hash::Sha1.digest(&authority.fields.subject)),
        &octets(&authority.key.identifier()),
        &integer(serial),
    ]);
    let status = if revoked {
        tlv(0xa1, &time("20260601000000Z"))
    } else {
        vec![0x80, 0]
    };
    let answer = sequence(&[
        &id,
        &status,
        &time("20260630000000Z"),
        &context(0, &time("20260710000000Z")),
    ]);
    let data = sequence(&[
        &context(2, &octets(&authority.key.identifier())),
        &time("20260630000000Z"),
        &sequence(&[&answer]),
    ]);
    let algorithm = authority.key.algorithm(authority.key.usual());
    let signature = authority.key.sign(authority.key.usual(), &data);
    let basic = sequence(&[&data, &algorithm, &bits(&signature)]);
    let bytes = sequence(&[&oid("1.3.6.1.5.5.7.48.1.1"), &octets(&basic)]);
    sequence(&[&tlv(0x0a, &[0]), &context(0, &bytes)])
}
