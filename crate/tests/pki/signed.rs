//! SignedData messages with certificates made by `pki`.

use honnin::signature::Hash;

use super::*;

const CONTENT: &[u8] = b"content";

fn attr(kind: &str, value: &[u8]) -> Vec<u8> {
    seq(&[&oid(kind), &tlv(0x31, value)])
}

pub fn sha256() -> Vec<u8> {
    seq(&[&oid("2.16.840.1.101.3.4.2.1")])
}

pub fn sha512() -> Vec<u8> {
    seq(&[&oid("2.16.840.1.101.3.4.2.3")])
}

/// signing-certificate-v2 with these identifiers.
pub fn naming(ids: &[Vec<u8>]) -> Vec<u8> {
    attr("1.2.840.113549.1.9.16.2.47", &seq(&[&tlv(0x30, &ids.concat())]))
}

/// signing-certificate, with SHA-1.
pub fn naming_by_sha1(certificates: &[&[u8]]) -> Vec<u8> {
    let ids: Vec<Vec<u8>> = certificates
        .iter()
        .map(|der| seq(&[&tlv(4, &Hash::Sha1.digest(der))]))
        .collect();
    attr("1.2.840.113549.1.9.16.2.12", &seq(&[&tlv(0x30, &ids.concat())]))
}

/// With SHA-256, which is the default.
pub fn id(certificate: &[u8]) -> Vec<u8> {
    seq(&[&tlv(4, &Hash::Sha256.digest(certificate))])
}

/// With another hash than the default.
pub fn id_by(algorithm: &[u8], digest: &[u8]) -> Vec<u8> {
    seq(&[algorithm, &tlv(4, digest)])
}

/// A signer of [`message`], identified by issuer and serial number, with signed attributes.
pub fn signer(key: &Key, issuer: &[u8], serial: &[u8], further: &[Vec<u8>]) -> Vec<u8> {
    let attributes = [
        attr("1.2.840.113549.1.9.3", &oid("1.2.840.113549.1.7.1")),
        attr("1.2.840.113549.1.9.4", &tlv(4, &Hash::Sha256.digest(CONTENT))),
        further.concat(),
    ]
    .concat();
    seq(&[
        &int(&[1]),
        &seq(&[issuer, &int(serial)]),
        &sha256(),
        &tlv(0xa0, &attributes),
        &algorithm(),
        &tlv(4, &key.sign(&tlv(0x31, &attributes))),
    ])
}

/// A signer without signed attributes, with this signature.
pub fn bare_signer(issuer: &[u8], serial: &[u8], signature: &[u8]) -> Vec<u8> {
    seq(&[
        &int(&[1]),
        &seq(&[issuer, &int(serial)]),
        &sha256(),
        &algorithm(),
        &tlv(4, signature),
    ])
}

pub fn message(certificates: &[Vec<u8>], crls: &[Vec<u8>], signers: &[Vec<u8>]) -> Vec<u8> {
    message_over(CONTENT, certificates, crls, signers)
}

pub fn message_over(
    content: &[u8],
    certificates: &[Vec<u8>],
    crls: &[Vec<u8>],
    signers: &[Vec<u8>],
) -> Vec<u8> {
    data(Some(content), certificates, crls, signers)
}

/// Without the content.
pub fn detached(certificates: &[Vec<u8>], signers: &[Vec<u8>]) -> Vec<u8> {
    data(None, certificates, &[], signers)
}

fn data(content: Option<&[u8]>, certificates: &[Vec<u8>], crls: &[Vec<u8>], signers: &[Vec<u8>]) -> Vec<u8> {
    let content = content.map_or_else(Vec::new, |content| tlv(0xa0, &tlv(4, content)));
    let set = |tag, list: &[Vec<u8>]| match list {
        [] => Vec::new(),
        list => tlv(tag, &list.concat()),
    };
    let body = seq(&[
        &int(&[1]),
        &tlv(0x31, &sha256()),
        &seq(&[&oid("1.2.840.113549.1.7.1"), &content]),
        &set(0xa0, certificates),
        &set(0xa1, crls),
        &tlv(0x31, &signers.concat()),
    ]);
    seq(&[&oid("1.2.840.113549.1.7.2"), &tlv(0xa0, &body)])
}
