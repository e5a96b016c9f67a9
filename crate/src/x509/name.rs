//! Distinguished names and their comparison (RFC 5280 §7.1).

use super::text::{self, Folded};
use crate::der::{self, Malformed, Oid, Reader};

hidden!(Name Attribute Rdn);

/// The most relative distinguished names in one name, and the most attributes in one of them.
const MAX_RDNS: usize = 64;
const MAX_ATTRIBUTES: usize = 8;
/// The longest name; real ones stay below 1 KiB.
const MAX_BYTES: usize = 8192;

/// A distinguished name, read once and compared without allocation.
///
/// Comparison follows RFC 5280 §7.1: attribute values of any string type compare by their characters, folded to lower
/// case, with insignificant white space removed; multi-valued RDNs compare as sets. Of Unicode normalisation (NFKC) only
/// the wide and narrow forms of ASCII are applied: its tables would outweigh the verifier. Where a difference would decide
/// in the certificate's favour, names with other characters that it may change count as incomparable.
#[derive(Clone, Copy)]
pub struct Name<'a> {
    contents: &'a [u8],
}

/// One attribute of a name.
#[derive(Clone, Copy)]
pub struct Attribute<'a> {
    /// The attribute's type.
    pub kind: Oid<'a>,
    /// The tag of its value.
    pub tag: u8,
    /// The contents of its value.
    pub value: &'a [u8],
}

/// One relative distinguished name: a set of attributes.
#[derive(Clone, Copy)]
pub struct Rdn<'a> {
    contents: &'a [u8],
}

impl<'a> Name<'a> {
    /// Reads a Name (the whole element, a SEQUENCE) and leaves the reader behind it.
    ///
    /// # Errors
    /// [`Malformed`] if it is not a Name, or has more RDNs or attributes than any real one.
    pub fn read(reader: &mut Reader<'a>) -> der::Result<Self> {
        Self::from_contents(reader.contents(der::SEQUENCE)?)
    }

    /// Reads the contents of a Name.
    ///
    /// # Errors
    /// As [`Name::read`].
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

    /// Whether the name has no parts.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.contents.is_empty()
    }

    /// The parts, most significant first.
    pub fn rdns(&self) -> impl Iterator<Item = Rdn<'a>> + use<'a> {
        let mut reader = Reader::new(self.contents);
        core::iter::from_fn(move || reader.contents(der::SET).ok()).map(|contents| Rdn { contents })
    }

    /// Whether both name the same (RFC 5280 §7.1).
    #[must_use]
    pub fn matches(&self, other: &Name<'_>) -> bool {
        self.compare(other, &mut u32::MAX.clone()).unwrap_or(false)
    }

    /// The same, paid for by what has to be looked at, in units of 32 bytes; `None` if there is not as much left.
    pub(super) fn compare(&self, other: &Name<'_>, left: &mut u32) -> Option<bool> {
        if self.contents == other.contents {
            return Some(true);
        }
        let (mut ours, mut theirs) = (self.rdns(), other.rdns());
        // Parts of the same bytes cost little, and many of them something.
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

    /// Whether this name lies in the subtree below `base` (RFC 5280 §4.2.1.10): it begins with all of its parts.
    #[must_use]
    pub fn is_within(&self, base: &Name<'_>) -> bool {
        let mut ours = self.rdns();
        base.rdns()
            .all(|theirs| ours.next().is_some_and(|our| our.matches(&theirs)))
    }

    /// Whether both may be the same name: they match, or differ only in text that normalisation (NFKC, RFC 4518 §2.3) may
    /// change or that cannot be read. Paid for as [`Name::compare`] is.
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

    /// Where this name lies to the subtree below `base`, as [`Name::is_within`]. Paid for as [`Name::compare`] is.
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

    /// Whether this name is `base` with `rdn` behind it (nameRelativeToCRLIssuer).
    #[must_use]
    pub fn is_extension_of(&self, base: &Name<'_>, rdn: &Rdn<'_>) -> bool {
        let mut ours = self.rdns();
        base.rdns()
            .all(|theirs| ours.next().is_some_and(|our| our.matches(&theirs)))
            && ours.next().is_some_and(|our| our.matches(rdn))
            && ours.next().is_none()
    }

    /// A number that is equal for names that match; names that do not may share it. It looks at the beginnings of the first
    /// part and of the last, of which one tells the names of most authorities apart, so that it costs no more than reading the name.
    #[must_use]
    pub(crate) fn digest(&self) -> u64 {
        let mut rdns = self.rdns();
        let first = rdns.next();
        let last = rdns.last();
        [first, last].iter().flatten().fold(FNV_BASIS, |hash, rdn| {
            // A sum, since the attributes of one RDN have no order.
            let rdn = rdn.attributes().fold(0u64, |sum, attribute| {
                sum.wrapping_add(attribute.digest(DIGESTED_CHARACTERS))
            });
            fnv(hash, &rdn.to_le_bytes())
        })
    }
}

/// How a name lies to a subtree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    Within,
    Outside,
    /// What differs may be the same after normalisation.
    Unclear,
}

/// What reading text costs, in units of 32 bytes: letters beyond ASCII take longer to fold.
fn units(bytes: usize, plain: bool) -> u32 {
    whole_units(if plain { bytes * 2 } else { bytes * 4 }).saturating_add(1)
}

fn whole_units(bytes: usize) -> u32 {
    u32::try_from(bytes / 32).unwrap_or(u32::MAX)
}

/// How many characters of an attribute a digest of a name looks at.
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
    /// [`Malformed`] if they are none.
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
        // Counted before anything is read: it costs next to nothing.
        if self.attributes().count() != other.attributes().count() {
            return false;
        }
        let (ours, theirs) = (self.digests(), other.digests());
        self.is_subset_of(&ours, other, &theirs) && other.is_subset_of(&theirs, self, &ours)
    }

    fn is_settled(&self) -> bool {
        self.attributes().all(|attribute| attribute.is_settled())
    }

    /// [`Rdn::matches`], paid for.
    fn compare(&self, other: &Rdn<'_>, left: &mut u32) -> Option<bool> {
        *left = left.checked_sub(self.units(other))?;
        Some(self.matches(other))
    }

    /// Whether both are the same set of attributes, or may be.
    fn lies(&self, other: &Rdn<'_>, left: &mut u32) -> Option<Lies> {
        if self.compare(other, left)? {
            return Some(Lies::Within);
        }
        if self.kinds() != other.kinds() {
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

    /// The types of its attributes, in order.
    fn kinds(&self) -> [Oid<'a>; MAX_ATTRIBUTES] {
        let mut kinds = [Oid::new(&[]); MAX_ATTRIBUTES];
        for (slot, attribute) in kinds.iter_mut().zip(self.attributes()) {
            *slot = attribute.kind;
        }
        kinds.sort_unstable();
        kinds
    }

    fn only_attribute(&self) -> Option<Attribute<'a>> {
        let mut attributes = self.attributes();
        let only = attributes.next();
        only.filter(|_| attributes.next().is_none())
    }

    /// What [`Rdn::matches`] costs, in units of 32 bytes: one attribute is compared up to the first difference, several are
    /// read whole.
    fn units(&self, other: &Rdn<'_>) -> u32 {
        let (ours, theirs) = (self.contents.len(), other.contents.len());
        let single = self.only_attribute().is_some() && other.only_attribute().is_some();
        let bytes = if single { ours.min(theirs) } else { ours + theirs };
        // That it is text at all is found out for the whole of it.
        let checked = whole_units((ours + theirs) / 8);
        units(bytes, self.contents.is_ascii() || other.contents.is_ascii()).saturating_add(checked)
    }

    /// One digest per attribute, so that the comparison of sets stays linear in their length.
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

    /// The value's text; `None` if it is of no string type, or not what that type holds.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        text::decode(self.tag, self.value)
    }

    /// The value's characters, folded for comparison; `None` if the value is no text.
    fn folded(&self) -> Option<Folded<'a>> {
        Folded::new(self.tag, self.value)
    }

    fn is_settled(&self) -> bool {
        match self.folded() {
            Some(mut text) => text.all(text::is_settled),
            // Of another type the bytes are all that there is.
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

    /// Of the first `characters` characters.
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
