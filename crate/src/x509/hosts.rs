//! Compares hosts, email addresses and URIs with name constraints (RFC 5280 §4.2.1.10).
//!
//! The result is `None` if one of the two is malformed. A resolver or mail server may read such a name
//! differently, so it cannot be compared, and it is rejected wherever a constraint of its form applies.

/// The maximum length of a host name and of one label (RFC 1035 §2.3.4).
const MAX_HOST: usize = 253;
const MAX_LABEL: usize = 63;

/// Whether the text consists of labels of letters, digits, hyphens and underscores (which names in use have),
/// separated by single dots. There is no dot at the end, because a resolver ignores it.
fn is_host(host: &[u8]) -> bool {
    host.len() <= MAX_HOST
        && host.split(|byte| *byte == b'.').all(|label| {
            (1..=MAX_LABEL).contains(&label.len())
                && label
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        })
}

/// A host, or a domain that starts with a dot.
fn is_host_or_domain(base: &[u8]) -> bool {
    is_host(base.strip_prefix(b".").unwrap_or(base))
}

/// Whether `name` ends with `suffix`.
fn ends_with(name: &[u8], suffix: &[u8]) -> bool {
    let start = name.len().checked_sub(suffix.len());
    start
        .and_then(|at| name.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

/// `host` matches that host only, `.domain` every host below it, and an empty base every host.
fn host_is_within(host: &[u8], base: &[u8]) -> bool {
    if base.is_empty() {
        true
    } else if base.first() == Some(&b'.') {
        // Never as long: a host does not begin with a dot.
        ends_with(host, base)
    } else {
        host.eq_ignore_ascii_case(base)
    }
}

/// `host` matches that host and every host below it. `.domain` matches every host below it, as is common
/// practice.
pub(super) fn dns_is_within(name: &[u8], base: &[u8], excluding: bool) -> Option<bool> {
    if !is_host(name.strip_prefix(b"*.").unwrap_or(name)) {
        return None;
    }
    if base.is_empty() {
        return Some(true);
    }
    if !is_host_or_domain(base) {
        return None;
    }
    if name.eq_ignore_ascii_case(base) {
        return Some(true);
    }
    if base.first() == Some(&b'.') {
        return Some(ends_with(name, base));
    }
    // A wildcard may also match the excluded host.
    let stands_for_base = excluding
        && name.strip_prefix(b"*").is_some_and(|rest| {
            ends_with(base, rest)
                && base
                    .get(..base.len() - rest.len())
                    .is_some_and(|label| !label.contains(&b'.'))
        });
    let boundary = name.len().checked_sub(base.len() + 1).and_then(|at| name.get(at));
    Some(stands_for_base || (boundary == Some(&b'.') && ends_with(name, base)))
}

/// `local@host` matches that mailbox, `host` every mailbox of the host, and `.domain` every mailbox of a host
/// below it.
pub(super) fn mail_is_within(name: &[u8], base: &[u8]) -> Option<bool> {
    let (local, host) = mailbox(name)?;
    if base.contains(&b'@') {
        let (base_local, base_host) = mailbox(base)?;
        return Some(unquoted(local).eq(unquoted(base_local)) && host.eq_ignore_ascii_case(base_host));
    }
    (base.is_empty() || is_host_or_domain(base)).then(|| host_is_within(host, base))
}

/// The local part and the host of a `Mailbox` (RFC 5321 §4.1.2). The local part is a quoted string, or
/// consists of characters that need no quotes. Characters beyond ASCII need none (RFC 6531 §3.3).
fn mailbox(address: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = address.iter().rposition(|byte| *byte == b'@')?;
    let (local, host) = (address.get(..at)?, address.get(at + 1..)?);
    let plain = |byte: &u8| {
        !byte.is_ascii() || byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(byte)
    };
    let is_local = match local {
        [b'"', quoted @ .., b'"'] => is_quoted(quoted),
        _ => !local.is_empty() && local.iter().all(plain),
    };
    (is_local && is_host(host)).then_some((local, host))
}

/// The characters of a local part without its quotes and the backslashes within them (RFC 5321 §4.1.2).
fn unquoted(local: &[u8]) -> impl Iterator<Item = u8> {
    let (text, is_quoted) = match local {
        [b'"', quoted @ .., b'"'] => (quoted, true),
        _ => (local, false),
    };
    let mut bytes = text.iter().copied();
    core::iter::from_fn(move || match bytes.next() {
        Some(b'\\') if is_quoted => bytes.next(),
        byte => byte,
    })
}

/// Whether the text is valid within quotes: visible characters and spaces, with a backslash before quotes and
/// backslashes.
fn is_quoted(text: &[u8]) -> bool {
    let mut escaped = false;
    for byte in text {
        match byte {
            b' '..=b'~' if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' | ..=0x1f | 0x7f => return false,
            _ if escaped => return false,
            _ => {}
        }
    }
    !escaped
}

/// `host` matches that host, and `.domain` every host below it. Only the host of the URI is compared.
pub(super) fn uri_is_within(uri: &[u8], base: &[u8]) -> Option<bool> {
    let host = uri_host(uri)?;
    (base.is_empty() || is_host_or_domain(base)).then(|| host_is_within(host, base))
}

/// The host of a URI; `None` if the URI has no authority component, or if that contains an IP address (RFC
/// 5280 §4.2.1.10 rejects both).
fn uri_host(uri: &[u8]) -> Option<&[u8]> {
    let colon = uri.iter().position(|byte| *byte == b':')?;
    let rest = uri.get(colon + 1..)?.strip_prefix(b"//")?;
    let end = rest
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'))
        .unwrap_or(rest.len());
    let authority = rest.get(..end)?;
    let host = match authority.iter().rposition(|byte| *byte == b'@') {
        Some(at) => authority.get(at + 1..)?,
        None => authority,
    };
    let host = match host.iter().position(|byte| *byte == b':') {
        Some(at) => host.get(..at)?,
        None => host,
    };
    let last_label = host.rsplit(|byte| *byte == b'.').next()?;
    let named = is_host(host) && !last_label.iter().all(u8::is_ascii_digit);
    named.then_some(host)
}
