//! Distinguished names and their comparison (RFC 5280 §7.1).

use alloc::{borrow::Cow, string::String};

use super::text::{self, Folded};
use crate::der::{self, Malformed, Oid, Reader};
use crate::sort::sort_few;

hidden!(Name Attribute Rdn);

/// The maximum number of relative distinguished names in a name, and of attributes in one of them.
const MAX_RDNS: usize = 64;
const MAX_ATTRIBUTES: usize = 8;
/// The maximum length of a name in bytes. Names in use are shorter than 1 KiB.
const MAX_BYTES: usize = 8192;

/// A distinguished name, read once and compared without allocation.
///
/// Comparison follows RFC 5280 §7.1: attribute values of any string type are compared by their characters,
/// folded to lower case, without insignificant white space; multi-valued RDNs are compared as sets. Of the
/// Unicode normalization NFKC, only the wide and narrow forms of ASCII are applied, because its tables are
/// larger than the verifier. If a difference would favor the certificate, names with other characters that
/// NFKC may change count as incomparable.
#[derive(Clone, Copy)]
pub struct Name<'a> {
    contents: &'a [u8],
}

/// One attribute of a name (AttributeTypeAndValue).
#[derive(Clone, Copy)]
pub struct Attribute<'a> {
    /// The attribute type.
    pub kind: Oid<'a>,
    /// The tag of the value.
    pub tag: u8,
    /// The contents of the value.
    pub value: &'a [u8],
}

/// A relative distinguished name: a set of attributes.
#[derive(Clone, Copy)]
pub struct Rdn<'a> {
    contents: &'a [u8],
}

impl<'a> Name<'a> {
    /// Reads a Name (a whole SEQUENCE). The reader continues after it.
    ///
    /// # Errors
    /// [`Malformed`] if it is not a Name, or has too many RDNs or attributes.
    pub fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        Self::from_contents(reader.contents(der::SEQUENCE)?)
    }

    /// Reads the contents of a Name.
    ///
    /// # Errors
    /// As for [`Name::read`].
    pub fn from_contents(contents: &'a [u8]) -> der::Result<Self> {
        if contents.len() > MAX_BYTES {
            return Err(Malformed("a name that is too long"));
        }
        let mut reader = Reader::new(contents);
        let mut count = 0;
        while !reader.is_empty() {
            Rdn::check(reader.contents(der::SET)?)?;
            count += 1;
            if count > MAX_RDNS {
                return Err(Malformed("a name with too many relative distinguished names"));
            }
        }
        Ok(Self { contents })
    }

    /// The contents of the Name, as encoded.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.contents
    }

    /// Whether the name has no RDNs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.contents.is_empty()
    }

    /// The RDNs, most significant first.
    pub fn rdns(&self) -> impl Iterator<Item = Rdn<'a>> + use<'a> {
        let mut reader = Reader::new(self.contents);
        core::iter::from_fn(move || reader.contents(der::SET).ok()).map(|contents| Rdn { contents })
    }

    /// Whether both names match (RFC 5280 §7.1).
    #[must_use]
    pub fn matches(&self, other: &Name<'_>) -> bool {
        self.compare(other, &mut u32::MAX.clone()).unwrap_or(false)
    }

    /// Like [`Name::matches`], with the cost in units of 32 bytes subtracted from `left`; `None` if `left` is
    /// too small.
    pub(super) fn compare(&self, other: &Name<'_>, left: &mut u32) -> Option<bool> {
        if self.contents == other.contents {
            return Some(true);
        }
        let (mut ours, mut theirs) = (self.rdns(), other.rdns());
        // Equal bytes cost little, but many of them still cost something.
        let mut same = 0;
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return Some(true),
                (Some(our), Some(their)) if our.contents == their.contents => {
                    same += our.contents.len() + 2;
                    *left = left.checked_sub(whole_units(same))?;
                    same %= 32;
                }
                (Some(our), Some(their)) => {
                    if !our.compare(&their, left)? {
                        return Some(false);
                    }
                }
                _ => return Some(false),
            }
        }
    }

    /// Whether this name is in the subtree of `base` (RFC 5280 §4.2.1.10), that is, starts with all of its
    /// RDNs.
    #[must_use]
    pub fn is_within(&self, base: &Name<'_>) -> bool {
        let mut ours = self.rdns();
        base.rdns()
            .all(|theirs| ours.next().is_some_and(|our| our.matches(&theirs)))
    }

    /// Whether both may be the same name: they match, or differ only in text that normalization (NFKC, RFC
    /// 4518 §2.3) may change or that cannot be read. Costs are counted as in [`Name::compare`].
    pub(super) fn may_match(&self, other: &Name<'_>, left: &mut u32) -> Option<bool> {
        let (mut ours, mut theirs) = (self.rdns(), other.rdns());
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return Some(true),
                (Some(our), Some(their)) => {
                    if our.lies(&their, left)? == Lies::Outside {
                        return Some(false);
                    }
                }
                _ => return Some(false),
            }
        }
    }

    /// The position of this name relative to the subtree of `base`; see [`Name::is_within`]. Costs are
    /// counted as in [`Name::compare`].
    pub(super) fn lies_to(&self, base: &Name<'_>, left: &mut u32) -> Option<Lies> {
        let mut ours = self.rdns();
        let mut lies = Lies::Within;
        for theirs in base.rdns() {
            match ours.next() {
                None => return Some(Lies::Outside),
                Some(our) => match our.lies(&theirs, left)? {
                    Lies::Outside => return Some(Lies::Outside),
                    Lies::Unclear => lies = Lies::Unclear,
                    Lies::Within => {}
                },
            }
        }
        Some(lies)
    }

    /// Whether this name is `base` followed by `rdn` (nameRelativeToCRLIssuer).
    #[must_use]
    pub fn is_extension_of(&self, base: &Name<'_>, rdn: &Rdn<'_>) -> bool {
        let mut ours = self.rdns();
        base.rdns()
            .all(|theirs| ours.next().is_some_and(|our| our.matches(&theirs)))
            && ours.next().is_some_and(|our| our.matches(rdn))
            && ours.next().is_none()
    }

    /// A hash that is equal for names that match, and may be equal for others. It covers the start of the
    /// first and of the last RDN, because one of them distinguishes most CAs. Its cost is no higher than that
    /// of reading the name.
    #[must_use]
    pub(crate) fn digest(&self) -> u64 {
        let mut rdns = self.rdns();
        let first = rdns.next();
        let last = rdns.last();
        [first, last].iter().flatten().fold(FNV_BASIS, |hash, rdn| {
            // A sum, because the attributes of an RDN have no order.
            let rdn = rdn.attributes().fold(0u64, |sum, attribute| {
                sum.wrapping_add(attribute.digest(DIGESTED_CHARACTERS))
            });
            fnv(hash, &rdn.to_le_bytes())
        })
    }
}

/// The position of a name relative to a subtree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    Within,
    Outside,
    /// The differences may disappear after normalization.
    Unclear,
}

/// The cost of reading text, in units of 32 bytes. Letters beyond ASCII take longer to fold.
fn units(bytes: usize, plain: bool) -> u32 {
    whole_units(if plain { bytes * 2 } else { bytes * 4 }).saturating_add(1)
}

fn whole_units(bytes: usize) -> u32 {
    u32::try_from(bytes / 32).unwrap_or(u32::MAX)
}

/// The number of characters of an attribute that the hash of a name covers.
const DIGESTED_CHARACTERS: usize = 48;
const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl<'a> Rdn<'a> {
    /// Reads the contents of a RelativeDistinguishedName.
    ///
    /// # Errors
    /// [`Malformed`] if they are not those of a RelativeDistinguishedName.
    pub fn from_contents(contents: &'a [u8]) -> der::Result<Self> {
        Self::check(contents)?;
        Ok(Self { contents })
    }

    /// The attributes, as encoded.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.contents
    }

    fn check(contents: &[u8]) -> der::Result<()> {
        let mut reader = Reader::new(contents);
        let mut count = 0;
        while !reader.is_empty() {
            Attribute::read(&mut reader)?;
            count += 1;
        }
        if (1..=MAX_ATTRIBUTES).contains(&count) {
            Ok(())
        } else {
            Err(Malformed(
                "a relative distinguished name with no or too many attributes",
            ))
        }
    }

    /// The attributes.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        let mut reader = Reader::new(self.contents);
        core::iter::from_fn(move || Attribute::read(&mut reader).ok())
    }

    /// Whether both are the same set of attributes.
    #[must_use]
    pub fn matches(&self, other: &Rdn<'_>) -> bool {
        if self.contents == other.contents {
            return true;
        }
        if let (Some(our), Some(their)) = (self.only_attribute(), other.only_attribute()) {
            return our.matches(&their);
        }
        // The numbers are compared first, because that costs almost nothing.
        if self.attributes().count() != other.attributes().count() {
            return false;
        }
        let (ours, theirs) = (self.digests(), other.digests());
        self.is_subset_of(&ours, other, &theirs) && other.is_subset_of(&theirs, self, &ours)
    }

    fn is_settled(&self) -> bool {
        self.attributes().all(|attribute| attribute.is_settled())
    }

    /// [`Rdn::matches`], with its cost subtracted from `left`.
    fn compare(&self, other: &Rdn<'_>, left: &mut u32) -> Option<bool> {
        *left = left.checked_sub(self.units(other))?;
        Some(self.matches(other))
    }

    /// Whether both are, or may be, the same set of attributes.
    fn lies(&self, other: &Rdn<'_>, left: &mut u32) -> Option<Lies> {
        if self.compare(other, left)? {
            return Some(Lies::Within);
        }
        if !self.has_kinds_of(other) {
            return Some(Lies::Outside);
        }
        let bytes = self.contents.len() + other.contents.len();
        let plain = self.contents.is_ascii() && other.contents.is_ascii();
        *left = left.checked_sub(units(bytes, plain))?;
        Some(match self.is_settled() && other.is_settled() {
            true => Lies::Outside,
            false => Lies::Unclear,
        })
    }

    fn has_kinds_of(&self, other: &Rdn<'_>) -> bool {
        let (mut ours, mut theirs) = ([Oid::new(&[]); MAX_ATTRIBUTES], [Oid::new(&[]); MAX_ATTRIBUTES]);
        self.kinds(&mut ours) == other.kinds(&mut theirs)
    }

    /// The attribute types, in order. Only the slots that are filled: to compare with an empty one takes long on some processors.
    fn kinds<'k>(&self, slots: &'k mut [Oid<'a>]) -> &'k [Oid<'a>] {
        let mut count = 0;
        for (slot, attribute) in slots.iter_mut().zip(self.attributes()) {
            *slot = attribute.kind;
            count += 1;
        }
        let filled = slots.get_mut(..count).unwrap_or_default();
        sort_few(filled);
        filled
    }

    fn only_attribute(&self) -> Option<Attribute<'a>> {
        let mut attributes = self.attributes();
        let only = attributes.next();
        only.filter(|_| attributes.next().is_none())
    }

    /// The cost of [`Rdn::matches`] in units of 32 bytes: a single attribute is compared up to the first
    /// difference, several attributes are read completely.
    fn units(&self, other: &Rdn<'_>) -> u32 {
        let (ours, theirs) = (self.contents.len(), other.contents.len());
        let single = self.only_attribute().is_some() && other.only_attribute().is_some();
        let bytes = if single { ours.min(theirs) } else { ours + theirs };
        // The whole value is checked to be text.
        let checked = whole_units((ours + theirs) / 8);
        units(bytes, self.contents.is_ascii() || other.contents.is_ascii()).saturating_add(checked)
    }

    /// One hash for each attribute, so that the comparison of sets takes linear time.
    fn digests(&self) -> [Option<u64>; MAX_ATTRIBUTES] {
        let mut digests = [None; MAX_ATTRIBUTES];
        for (slot, attribute) in digests.iter_mut().zip(self.attributes()) {
            *slot = Some(attribute.digest(usize::MAX));
        }
        digests
    }

    fn is_subset_of(&self, digests: &[Option<u64>], other: &Rdn<'_>, others: &[Option<u64>]) -> bool {
        self.attributes().zip(digests).all(|(our, digest)| {
            other
                .attributes()
                .zip(others)
                .any(|(their, other_digest)| digest == other_digest && our.matches(&their))
        })
    }
}

impl<'a> Attribute<'a> {
    fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        let mut attribute = reader.sequence()?;
        let kind = attribute.oid()?;
        let value = attribute.element()?;
        attribute.finish()?;
        Ok(Self {
            kind,
            tag: value.tag,
            value: value.value,
        })
    }

    /// The text of the value; `None` if its type is not a string type, or if the contents do not match the
    /// type.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        text::decode(self.tag, self.value).map(Cow::into_owned)
    }

    /// The characters of the value, folded for comparison; `None` if the value is not text.
    fn folded(&self) -> Option<Folded<'a>> {
        Folded::new(self.tag, self.value)
    }

    fn is_settled(&self) -> bool {
        match self.folded() {
            Some(mut text) => text.all(text::is_settled),
            // For other types, only equal bytes match.
            None => !text::is_of_text(self.tag),
        }
    }

    fn matches(&self, other: &Attribute<'_>) -> bool {
        self.kind == other.kind
            && ((self.tag == other.tag && self.value == other.value)
                || match (self.folded(), other.folded()) {
                    (Some(ours), Some(theirs)) => ours.eq(theirs),
                    _ => false,
                })
    }

    /// A hash of the first `characters` characters.
    fn digest(&self, characters: usize) -> u64 {
        let hash = fnv(FNV_BASIS, self.kind.as_bytes());
        match self.folded() {
            Some(text) => text.take(characters).fold(hash, |hash, character| {
                fnv(hash, &u32::from(character).to_le_bytes())
            }),
            None => fnv(fnv(hash, &[self.tag]), self.value),
        }
    }
}
