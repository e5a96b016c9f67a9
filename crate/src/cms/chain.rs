//! Verifies the certificates of signers with RFC 5280 alone.

use alloc::string::String;
use core::cell::OnceCell;

use super::message::Enclosed;
use super::outcome::{CmsOptions, Outcome};
use super::signing_certificate::SigningCertificate;
use super::unique::unique;
use super::verify::verify_signed_data_with;
use crate::error::Error;
use crate::report::Report;
use crate::text::text;
use crate::x509::{self, Certificate, Chain, Ground, Limits, PathOptions, Restriction, RevocationOptions};

/// Verifies a SignedData message (RFC 5652 §5), and the certificate of each signer (RFC 5280 §6).
///
/// The certificates in the message are added to the intermediate certificates in the options, and its CRLs
/// and OCSP responses to the evidence. None of them is trusted without a path to a trust anchor and a valid
/// signature. If a signer names more than its own certificate (RFC 5035 §5.4.1), its path contains no others;
/// the paths of CRL signers are not restricted.
///
/// # Errors
/// As for [`verify_signed_data_with`] and [`x509::verify_certificate`].
pub fn verify_signed_data<'a>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
    path: &PathOptions<'a>,
) -> Outcome<'a, Chain> {
    verify_signed_data_as(message, options, path, |chain| chain)
}

/// Like [`verify_signed_data`], with the findings about certificates in another type.
pub(crate) fn verify_signed_data_as<'a, P>(
    message: &'a [u8],
    options: &CmsOptions<'a>,
    path: &PathOptions<'a>,
    wrap: impl Fn(Chain) -> P,
) -> Outcome<'a, P> {
    let options = CmsOptions {
        limits: path.limits,
        ..*options
    };
    // The same for all signers.
    let ground = OnceCell::new();
    verify_signed_data_with(message, &options, |certificate, enclosed| {
        let ground = || {
            ground
                .get_or_init(|| path_ground(enclosed, &options, path))
                .clone()
        };
        let (chain, report) = chain(certificate, enclosed, &ground, path)?;
        Ok((wrap(chain), report))
    })
}

/// The parsed certificates and evidence of a message and of the options.
pub(crate) fn path_ground<'a>(
    enclosed: &Enclosed<'a>,
    options: &CmsOptions<'a>,
    path: &PathOptions<'a>,
) -> Result<Ground<'a>, Error> {
    let lists = [&enclosed.certificates, options.certificates, path.intermediates];
    // A certificate of the options may be in two of the lists.
    let intermediates = unique(lists.concat());
    ground(&intermediates, &path.revocation, enclosed, &path.limits)
}

/// The parsed intermediate certificates and revocation evidence of the options and of a message.
pub(crate) fn ground<'a>(
    intermediates: &[&'a [u8]],
    given: &RevocationOptions<'a>,
    enclosed: &Enclosed<'a>,
    limits: &Limits,
) -> Result<Ground<'a>, Error> {
    let crls = [given.crls, &enclosed.crls].concat();
    let responses = [given.ocsp_responses, &enclosed.ocsp_responses].concat();
    Ground::read(intermediates, &crls, &responses, limits)
}

/// The path of one signer, with the parsed input that all signers share.
pub(crate) fn chain<'a>(
    certificate: &Certificate<'a>,
    enclosed: &Enclosed<'a>,
    ground: &dyn Fn() -> Result<Ground<'a>, Error>,
    path: &PathOptions<'a>,
) -> Result<(Chain, Report), Error> {
    let path = PathOptions {
        limits: path.limits.shared_among(enclosed.signers),
        ..*path
    };
    let named = Named(&enclosed.named);
    let restriction: Option<&dyn Restriction> = match enclosed.named.is_empty() {
        true => None,
        false => Some(&named),
    };
    let found = x509::verify_on(certificate, &path, ground, restriction)?;
    Ok(Chain::of(found, path.anchors))
}

/// The certificates that a signer names in one or two attributes. Each attribute restricts the path.
struct Named<'n, 'a>(&'n [SigningCertificate<'a>]);

impl Restriction for Named<'_, '_> {
    fn allows(&self, der: &[u8], comparisons: &mut u32) -> Result<bool, Error> {
        for named in self.0 {
            if !named.names(der, comparisons)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn reason(&self) -> String {
        let unsupported = self.0.iter().find_map(SigningCertificate::unsupported);
        let unsupported = unsupported.map_or_else(String::new, |oid| {
            text![
                " (entries with the hash ",
                oid,
                ", which is not supported, are ignored)"
            ]
        });
        text![
            "the signing-certificate attribute does not name it",
            unsupported,
            "; the attribute must name either every certificate of the path or only the signer's"
        ]
    }
}
