//! Facts about an object, found without the code under test. The explanations of disagreements are based on
//! them.

use crate::ber::{self, Element};
use crate::shape::{Kind, shape};

/// One extension, at any position.
pub struct Extension<'a> {
    pub critical: bool,
    pub value: &'a [u8],
}

/// The contents of an OBJECT IDENTIFIER.
pub fn oid(text: &str) -> Vec<u8> {
    crate::write::oid_contents(text)
}

/// The fields of the signed part of a certificate or CRL, without the version.
pub fn fields(der: &[u8]) -> Vec<Element<'_>> {
    let mut fields = signed_part(der).map_or_else(Vec::new, |part| part.children());
    if fields.first().is_some_and(|field| field.tag == 0xa0) {
        fields.remove(0);
    }
    fields
}

fn signed_part(der: &[u8]) -> Option<Element<'_>> {
    ber::element(der)?.children().into_iter().next()
}

pub fn is_certificate(der: &[u8]) -> bool {
    ber::element(der).and_then(|outer| shape(&outer)) == Some(Kind::Certificate)
}

/// Issuer and subject of a certificate, as whole elements.
pub fn names(der: &[u8]) -> Option<(&[u8], &[u8])> {
    match fields(der)[..] {
        [_, _, issuer, _, subject, ..] => Some((issuer.raw, subject.raw)),
        _ => None,
    }
}

pub fn serial(der: &[u8]) -> Option<&[u8]> {
    fields(der).first().map(|serial| serial.value)
}

/// The issuer of a CRL.
pub fn crl_issuer(der: &[u8]) -> Option<&[u8]> {
    let fields = fields(der);
    let from = usize::from(fields.first()?.tag == 2);
    fields.get(from + 1).map(|issuer| issuer.raw)
}

/// The signed part, the algorithm and the signature of a certificate or CRL; the signature without its number
/// of unused bits.
pub fn signed(der: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    match ber::element(der)?.children()[..] {
        [part, algorithm, signature] => Some((part.raw, algorithm.raw, signature.value.get(1..)?)),
        _ => None,
    }
}

/// The SubjectPublicKeyInfo of a certificate.
pub fn key(der: &[u8]) -> Option<&[u8]> {
    fields(der).get(5).map(|key| key.raw)
}

/// The identifier of the algorithm in an AlgorithmIdentifier or SubjectPublicKeyInfo.
fn algorithm_of(raw: &[u8]) -> Option<&[u8]> {
    let first = ber::element(ber::element(raw)?.value)?;
    match first.tag {
        6 => Some(first.value),
        0x30 => ber::element(first.value)
            .filter(|oid| oid.tag == 6)
            .map(|oid| oid.value),
        _ => None,
    }
}

pub fn signature_algorithm(der: &[u8]) -> Option<&[u8]> {
    algorithm_of(signed(der)?.1)
}

pub fn key_algorithm(der: &[u8]) -> Option<&[u8]> {
    algorithm_of(key(der)?)
}

/// Every extension with this identifier, in the object or inside it.
pub fn extensions<'a>(der: &'a [u8], id: &str) -> Vec<Extension<'a>> {
    let id = oid(id);
    let mut found = Vec::new();
    ber::walk(der, &mut |at| {
        if at.tag == 0x30 {
            match at.children()[..] {
                [kind, flag, value] if kind.value == id && (kind.tag, flag.tag, value.tag) == (6, 1, 4) => {
                    found.push(Extension {
                        critical: flag.value != [0],
                        value: value.value,
                    });
                }
                [kind, value] if kind.value == id && (kind.tag, value.tag) == (6, 4) => {
                    found.push(Extension {
                        critical: false,
                        value: value.value,
                    })
                }
                _ => {}
            }
        }
    });
    found
}

/// Whether the identifier occurs anywhere.
pub fn mentions(der: &[u8], id: &str) -> bool {
    let id = oid(id);
    let mut found = false;
    ber::walk(der, &mut |at| found |= at.tag == 6 && at.value == id);
    found
}

/// Whether a certificate has no version, which means version 1.
pub fn is_version_1(der: &[u8]) -> bool {
    let fields = signed_part(der).map_or_else(Vec::new, |part| part.children());
    fields.first().is_some_and(|field| field.tag == 2)
}

/// Whether a certificate has no subject.
pub fn is_nameless(der: &[u8]) -> bool {
    names(der).is_some_and(|(_, subject)| subject == [0x30, 0])
}

fn basic_constraints(der: &[u8]) -> Vec<Element<'_>> {
    let found = extensions(der, "2.5.29.19").into_iter().next();
    found
        .and_then(|found| ber::element(found.value))
        .map_or_else(Vec::new, |constraints| constraints.children())
}

pub fn is_authority(der: &[u8]) -> bool {
    basic_constraints(der)
        .iter()
        .any(|field| field.tag == 1 && field.value != [0])
}

pub fn has_path_length(der: &[u8]) -> bool {
    basic_constraints(der).iter().any(|field| field.tag == 2)
}

/// The first eight bits of keyUsage: digitalSignature is `0x80`, keyCertSign `0x04`.
pub fn key_usage(der: &[u8]) -> Option<u8> {
    let found = extensions(der, "2.5.29.15").into_iter().next()?;
    match ber::element(found.value)?.value {
        [_, first, ..] => Some(*first),
        _ => Some(0),
    }
}

/// Whether the authorityKeyIdentifier of one certificate does not match the other certificate.
pub fn identifiers_differ(below: &[u8], above: &[u8]) -> bool {
    let named = extensions(below, "2.5.29.35").into_iter().next();
    let named = named.and_then(|named| ber::element(named.value));
    let key = extensions(above, "2.5.29.14").into_iter().next();
    let key = key.and_then(|key| ber::element(key.value)).map(|key| key.value);
    named.is_some_and(|named| {
        named.children().iter().any(|field| match field.tag {
            0x80 => key.is_some_and(|key| key != field.value),
            0x82 => serial(above) != Some(field.value),
            _ => false,
        })
    })
}

/// A name's attributes as text: types, and values without their string types, case and insignificant space.
pub fn folded(name: &[u8]) -> Vec<(Vec<u8>, String)> {
    let mut attributes = Vec::new();
    ber::walk(name, &mut |at| {
        if let [kind, value] = at.children()[..]
            && (at.tag, kind.tag) == (0x30, 6)
        {
            let text = String::from_utf8_lossy(value.value).to_lowercase();
            let text: Vec<_> = text.split_whitespace().collect();
            attributes.push((kind.value.to_vec(), text.join(" ")));
        }
    });
    attributes
}

/// notAfter of a certificate, as Unix time in seconds.
pub fn not_after(der: &[u8]) -> Option<i64> {
    match crate::peer::read(Kind::Certificate, der) {
        Ok(crate::peer::Read::Certificate { until, .. }) => until,
        _ => None,
    }
}

/// Whether a name of a certificate has a value that is not a string, or not text of its string type.
pub fn has_value_without_text(der: &[u8]) -> bool {
    let Some((issuer, subject)) = names(der) else {
        return false;
    };
    let mut found = false;
    for name in [issuer, subject] {
        ber::walk(name, &mut |at| {
            if let [kind, value] = at.children()[..]
                && (at.tag, kind.tag) == (0x30, 6)
            {
                found |= match value.tag {
                    0x0c => std::str::from_utf8(value.value).is_err(),
                    0x12..=0x14 | 0x16 | 0x1a | 0x1c | 0x1e => false,
                    _ => true,
                };
            }
        });
    }
    found
}

/// Whether a signer of a message has an unsigned signingTime.
pub fn has_unsigned_signing_time(der: &[u8]) -> bool {
    let mut found = false;
    ber::walk(der, &mut |at| {
        let fields = at.children();
        let is_signer = at.tag == 0x30 && fields.len() >= 6 && fields[0].tag == 2;
        if let Some(last) = fields.last().filter(|last| is_signer && last.tag == 0xa1) {
            found |= last
                .children()
                .iter()
                .any(|attribute| mentions(attribute.raw, "1.2.840.113549.1.9.5"));
        }
    });
    found
}

/// The length of the RSA modulus of a certificate's key, in bits.
pub fn modulus_bits(der: &[u8]) -> Option<usize> {
    let key = ber::element(key(der)?)?.children();
    let bits = key.get(1)?.value.get(1..)?;
    let numbers = ber::element(bits)?.children();
    let modulus = numbers.first().filter(|modulus| modulus.tag == 2)?.value;
    let first = modulus.iter().position(|byte| *byte != 0)?;
    Some((modulus.len() - first) * 8 - modulus[first].leading_zeros() as usize)
}

/// The bits of a certificate's key.
pub fn key_bits(der: &[u8]) -> Option<&[u8]> {
    ber::element(key(der)?)?.children().get(1)?.value.get(1..)
}

/// Whether a certificate has an RSA key whose algorithm has parameters other than NULL, or none.
pub fn has_rsa_key_without_null(der: &[u8]) -> bool {
    let algorithm = key(der)
        .and_then(ber::element)
        .and_then(|key| ber::element(key.value));
    let parameters = algorithm.map_or_else(Vec::new, |algorithm| algorithm.children());
    key_algorithm(der) == Some(&oid("1.2.840.113549.1.1.1"))
        && parameters.get(1).is_none_or(|second| second.raw != [5, 0])
}

/// Whether the subject has a PrintableString or IA5String with bytes beyond ASCII.
pub fn has_text_beyond_its_type(der: &[u8]) -> bool {
    let mut found = false;
    if let Some((_, subject)) = names(der) {
        ber::walk(subject, &mut |at| {
            found |= matches!(at.tag, 0x13 | 0x16) && !at.value.is_ascii()
        });
    }
    found
}
