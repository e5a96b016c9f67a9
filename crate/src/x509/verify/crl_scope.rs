//! Which certificates and revocation reasons a CRL covers (RFC 5280 §6.3.3 (b) and (d)).

use crate::x509::{Certificate, Crl, DistributionPoint, PointName, Reasons, distribution_point::Point};

/// The maximum cost of [`scope`] in units of 32 bytes: every name of one distribution point is compared with
/// every name of the other, and relative names with the name of the issuer.
pub(super) fn weight(
    certificate: &Certificate<'_>,
    point: Option<&DistributionPoint<'_>>,
    crl: &Crl<'_>,
) -> u32 {
    let units = |bytes: usize| u32::try_from(bytes.div_ceil(32)).unwrap_or(u32::MAX);
    let issuer = units(certificate.issuer().as_bytes().len());
    let ours = point.map_or(issuer, DistributionPoint::units);
    // Each cRLIssuer is compared with the issuer of the CRL.
    let issuers = point.and_then(|point| point.crl_issuer).map_or(0, |names| {
        let count = names.directory_names().map(|_| 1).sum::<u32>();
        count.saturating_mul(units(crl.issuer().as_bytes().len()))
    });
    let Some(theirs) = crl.distribution_point.and_then(|issuing| issuing.name) else {
        return ours.saturating_add(issuers).saturating_add(1);
    };
    let bases = match (point.and_then(|point| point.name), theirs) {
        (Some(PointName::Relative(_)), _) | (_, PointName::Relative(_)) => {
            issuer.saturating_add(units(crl.issuer().as_bytes().len()))
        }
        _ => 0,
    };
    ours.saturating_mul(theirs.count())
        .saturating_add(theirs.units())
        .saturating_add(bases)
        .saturating_add(issuers)
        .saturating_add(1)
}

/// The revocation reasons that the CRL covers for the certificate at this distribution point; `None` if the
/// CRL does not cover the certificate (RFC 5280 §6.3.3 (b) and (d)).
pub(super) fn scope(
    certificate: &Certificate<'_>,
    point: Option<&DistributionPoint<'_>>,
    crl: &Crl<'_>,
    by_issuer: bool,
) -> Option<Reasons> {
    let named_issuer = point.and_then(|point| point.crl_issuer);
    let by_right_issuer = match named_issuer {
        Some(names) => crl.is_indirect() && names.directory_names().any(|name| name.matches(crl.issuer())),
        None => by_issuer,
    };
    if !by_right_issuer {
        return None;
    }
    let reasons = point.and_then(|point| point.reasons).unwrap_or(Reasons::ALL);
    let Some(issuing) = &crl.distribution_point else {
        return Some(reasons);
    };
    if issuing.only_attribute_certificates
        || (issuing.only_user_certificates && certificate.is_ca())
        || (issuing.only_ca_certificates && !certificate.is_ca())
    {
        return None;
    }
    if let Some(name) = issuing.name {
        let base = named_issuer
            .and_then(|names| names.directory_names().next())
            .unwrap_or(*certificate.issuer());
        let ours = match (point, named_issuer) {
            (None, _) => Point::Issuer(*certificate.issuer()),
            (Some(point), names) => match (point.name, names) {
                (Some(name), _) => Point::new(name, base),
                (None, Some(names)) => Point::Full(names),
                (None, None) => return None,
            },
        };
        if !Point::new(name, *crl.issuer()).meets(&ours) {
            return None;
        }
    }
    Some(reasons.and(issuing.only_some_reasons.unwrap_or(Reasons::ALL)))
}
