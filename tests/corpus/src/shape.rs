//! The kind of an object by its outer form.

use crate::ber::{self, Element};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Certificate,
    Crl,
    Ocsp,
    Cms,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Certificate, Kind::Crl, Kind::Ocsp, Kind::Cms];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Certificate => "certificate",
            Kind::Crl => "CRL",
            Kind::Ocsp => "OCSP response",
            Kind::Cms => "CMS SignedData",
        }
    }

    /// By the label of a PEM block.
    pub fn of_label(label: &str) -> Option<Self> {
        Some(match label {
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => Kind::Certificate,
            "X509 CRL" | "CRL" => Kind::Crl,
            "OCSP RESPONSE" => Kind::Ocsp,
            _ => return None,
        })
    }

    /// By the extension of a file name.
    pub fn of_file(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        Some(match end {
            "crt" | "cer" | "cert" => Kind::Certificate,
            "crl" => Kind::Crl,
            _ => return None,
        })
    }
}

const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];

fn tags(elements: &[Element<'_>]) -> Vec<u8> {
    elements.iter().map(|element| element.tag).collect()
}

/// The kind that an element looks like. Only reading it shows whether it is well-formed.
pub fn shape(outer: &Element<'_>) -> Option<Kind> {
    if outer.tag != 0x30 || outer.value.len() < 3 {
        return None;
    }
    let first = ber::element(outer.value)?;
    match first.tag {
        0x06 if first.value == SIGNED_DATA => {
            matches!(tags(&outer.children())[..], [6, 0xa0]).then_some(Kind::Cms)
        }
        0x0a if first.value.len() == 1 && first.value[0] <= 6 => match outer.children()[..] {
            // An error of a responder has five bytes, which may occur anywhere.
            [_, explicit] if explicit.tag == 0xa0 => {
                let bytes = ber::element(explicit.value)?.children();
                matches!(tags(&bytes)[..], [6, 4]).then_some(Kind::Ocsp)
            }
            _ => None,
        },
        0x30 => {
            let parts = outer.children();
            if !matches!(tags(&parts)[..], [0x30, 0x30, 3]) || ber::element(parts[1].value)?.tag != 6 {
                return None;
            }
            let mut fields = first.children();
            if fields.first().is_some_and(|field| field.tag == 0xa0) {
                fields.remove(0);
            }
            match &tags(&fields)[..] {
                [2, 0x30, 0x30, 0x30, 0x30, 0x30, ..] => Some(Kind::Certificate),
                [2, 0x30, 0x30, 0x17 | 0x18, ..] | [0x30, 0x30, 0x17 | 0x18, ..] => Some(Kind::Crl),
                _ => None,
            }
        }
        _ => None,
    }
}
