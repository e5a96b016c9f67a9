//! One case: the question for both.

use std::sync::OnceLock;

use crate::extensions::{Role, distribution_points, some_extension};
use crate::keys::Key;
use crate::lists::{crl, delta};
use crate::message::{self, CONTENT};
use crate::mutate::mutate;
use crate::peer;
use crate::random::Random;
use crate::tree::{Body, Node};
use crate::world::World;
use crate::write::{DAY, NOW, bits, extension};

/// The number of initial hierarchies.
const WORLDS: usize = 250;
/// The numbers of worlds do not overlap with those of cases.
const WORLD_BASE: u64 = 1 << 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Path,
    Crl,
    Cms,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    NotAsked,
    Leaf,
    Path,
}

#[derive(Clone, Debug)]
pub struct Options {
    pub time: i64,
    /// Whether the leaf is for a TLS client; otherwise for any purpose.
    pub client: bool,
    pub policies: Vec<&'static str>,
    pub explicit_policy: bool,
    pub inhibit_any_policy: bool,
    pub inhibit_mapping: bool,
    pub revocation: Revocation,
}

#[derive(Clone, Debug)]
pub struct Case {
    pub kind: Kind,
    pub anchor: Vec<u8>,
    pub intermediates: Vec<Vec<u8>>,
    pub leaf: Vec<u8>,
    pub crls: Vec<Vec<u8>>,
    pub message: Vec<u8>,
    pub detached: bool,
    pub options: Options,
    /// The changes made to it.
    pub story: Vec<String>,
}

/// Makes cases from a seed.
pub struct Cases {
    seed: u64,
    worlds: Vec<OnceLock<World>>,
}

impl Cases {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            worlds: (0..WORLDS).map(|_| OnceLock::new()).collect(),
        }
    }

    fn world(&self, random: &mut Random) -> (usize, &World) {
        let at = random.below(WORLDS);
        (at, self.worlds[at].get_or_init(|| world(self.seed, at)))
    }

    pub fn case(&self, number: u64) -> Case {
        let mut random = Random::new(self.seed, number);
        let (mut at, mut world) = self.world(&mut random);
        let kind = match random.below(10) {
            0..=4 => Kind::Path,
            5..=7 => Kind::Crl,
            _ => Kind::Cms,
        };
        // CRLs with one name and several keys, and paths that fork, are not compared here: OpenSSL uses only
        // the CRL that it considers best.
        while kind == Kind::Crl && (world.has_self_issued() || !world.cross.is_empty()) {
            (at, world) = self.world(&mut random);
        }
        let mut case = Case {
            kind,
            options: options(kind, &mut random),
            story: vec![format!("world {at}")],
            ..plain(world)
        };
        match kind {
            Kind::Path => path(&mut case, world, &mut random),
            Kind::Crl => lists(&mut case, world, &mut random),
            Kind::Cms => cms(&mut case, world, &mut random),
        }
        // The order of two certificates with the same name matters to a verifier that tries only one.
        if !world.cross.is_empty() && !case.intermediates.is_empty() {
            let turn = random.below(case.intermediates.len());
            case.intermediates.rotate_left(turn);
        }
        case
    }
}

/// Nearly every world is valid before it is changed, because otherwise everything would be rejected.
fn world(seed: u64, at: usize) -> World {
    let mut random = Random::new(seed, WORLD_BASE + at as u64);
    let any = random.chance(8);
    let mut world = World::new(&mut random);
    for _ in 0..8 {
        let case = plain(&world);
        if any || peer::judge(&case, false).is_ok() {
            break;
        }
        world = World::new(&mut random);
    }
    world
}

/// The question whether the leaf of the world is valid.
fn plain(world: &World) -> Case {
    Case {
        kind: Kind::Path,
        anchor: world.anchor.der.clone(),
        intermediates: world
            .intermediates
            .iter()
            .chain(&world.cross)
            .map(|certificate| certificate.der.clone())
            .collect(),
        leaf: world.leaf.der.clone(),
        crls: Vec::new(),
        message: Vec::new(),
        detached: false,
        options: Options {
            time: NOW,
            client: false,
            policies: Vec::new(),
            explicit_policy: false,
            inhibit_any_policy: false,
            inhibit_mapping: false,
            revocation: Revocation::NotAsked,
        },
        story: Vec::new(),
    }
}

fn options(kind: Kind, random: &mut Random) -> Options {
    let times = [NOW - 365 * DAY, NOW + 365 * DAY, NOW - DAY, NOW + DAY];
    let time = match random.below(20) {
        0 => random.pick(&times) + random.below(3) as i64 - 1,
        1 => NOW + (random.below(800) as i64 - 400) * DAY,
        _ => NOW,
    };
    let policies = if random.chance(25) {
        vec![random.pick(&["1.2.3.1", "1.2.3.2", "2.5.29.32.0"])]
    } else {
        Vec::new()
    };
    Options {
        time,
        client: kind == Kind::Path && random.chance(30),
        policies,
        explicit_policy: random.chance(if kind == Kind::Path { 12 } else { 4 }),
        inhibit_any_policy: random.chance(12),
        inhibit_mapping: random.chance(12),
        revocation: match (kind, random.chance(50)) {
            (Kind::Crl, false) => Revocation::Leaf,
            (Kind::Crl, true) => Revocation::Path,
            _ => Revocation::NotAsked,
        },
    }
}

fn times(random: &mut Random) -> usize {
    match random.below(10) {
        0 => 0,
        1..=6 => 1,
        7 | 8 => 2,
        _ => 3,
    }
}

/// Mutates what `key` signed, and usually signs it again.
fn change_signed(
    der: &[u8],
    key: Key,
    role: Option<Role>,
    random: &mut Random,
    story: &mut Vec<String>,
) -> Vec<u8> {
    let Some(mut tree) = Node::parse(der) else {
        return der.to_vec();
    };
    if random.chance(8) {
        // Bytes without regard to their meaning.
        let mut bytes = der.to_vec();
        for _ in 0..1 + random.below(3) {
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(8);
        }
        story.push("bits of the whole flipped".into());
        return bytes;
    }
    let mut count = times(random);
    if let (Some(role), true) = (role, random.chance(45)) {
        edit_extensions(&mut tree, role, random, story);
        count = count.saturating_sub(1);
    }
    for _ in 0..count {
        story.push(mutate(&mut tree, random).into());
    }
    let Some(parts) = tree.children_mut().filter(|parts| parts.len() >= 3) else {
        return tree.encode();
    };
    if random.chance(80) {
        // The algorithm is the first SEQUENCE after the serial number, or after the version of the CRL.
        if random.chance(60) {
            let inner = parts[0]
                .children()
                .iter()
                .find(|field| field.tag == 0x30)
                .cloned();
            if let Some(inner) = inner {
                parts[1] = inner;
            }
        }
        let tbs = parts[0].encode();
        let signature = key.sign(&tbs);
        if let Some(node) = Node::parse(&bits(&signature)) {
            parts[2] = node;
        }
        story.push("signed again".into());
    }
    tree.encode()
}

/// Adds, removes or replaces extensions, or changes whether one is critical.
fn edit_extensions(tree: &mut Node, role: Role, random: &mut Random, story: &mut Vec<String>) {
    let Some(list) = tree
        .children_mut()
        .and_then(|parts| parts.first_mut())
        .and_then(Node::children_mut)
        .and_then(|fields| fields.iter_mut().find(|field| field.tag == 0xa3))
        .and_then(Node::children_mut)
        .and_then(|explicit| explicit.first_mut())
        .and_then(Node::children_mut)
    else {
        return;
    };
    for _ in 0..1 + random.below(2) {
        let new = Node::parse(&some_extension(role, random));
        match (random.below(6), new) {
            (0, _) if !list.is_empty() => {
                list.remove(random.below(list.len()));
                story.push("extension removed".into());
            }
            (1, _) if !list.is_empty() => {
                let at = random.below(list.len());
                if let Some(fields) = list[at].children_mut() {
                    match fields.iter().position(|field| field.tag == 1) {
                        Some(flag) => drop(fields.remove(flag)),
                        None => fields.insert(
                            1.min(fields.len()),
                            Node {
                                body: Body::Bytes(vec![0xff]),
                                ..Node::of(1, &[])
                            },
                        ),
                    }
                }
                story.push("criticality turned".into());
            }
            (_, Some(new)) => {
                let kind = |node: &Node| node.children().first().map(Node::contents);
                match list.iter_mut().find(|have| kind(have) == kind(&new)) {
                    Some(have) if random.chance(95) => *have = new,
                    _ => list.push(new),
                }
                story.push("extension set".into());
            }
            _ => {}
        }
    }
}

fn path(case: &mut Case, world: &World, random: &mut Random) {
    let below = world.intermediates.len();
    if below > 0 && random.chance(45) {
        let at = random.below(below);
        let key = world.intermediates[at].signer;
        case.story.push(format!("intermediate {}", at + 1));
        let der = &world.intermediates[at].der;
        case.intermediates[at] = change_signed(der, key, Some(Role::Authority), random, &mut case.story);
    } else {
        case.story.push("leaf".into());
        case.leaf = change_signed(
            &world.leaf.der,
            world.leaf.signer,
            Some(Role::Leaf),
            random,
            &mut case.story,
        );
    }
}

fn lists(case: &mut Case, world: &World, random: &mut Random) {
    // In half of the cases, distribution points in the leaf and partitioned CRLs.
    let partitioned = random.chance(50);
    if partitioned && let Some(leaf) = with_points(&world.leaf.der, world.leaf.signer, random) {
        case.leaf = leaf;
    }
    let mut issuers = vec![world.leaf_issuer()];
    if case.options.revocation == Revocation::Path {
        issuers = std::iter::once(&world.anchor)
            .chain(&world.intermediates)
            .collect();
    }
    let changed = random.chance(85).then(|| random.below(issuers.len()));
    for (at, issuer) in issuers.into_iter().enumerate() {
        let made = crl(issuer, world, partitioned, random);
        if Some(at) == changed {
            case.story.push(format!("CRL {at}"));
            case.crls
                .push(change_signed(&made, issuer.key, None, random, &mut case.story));
        } else {
            case.crls.push(made);
        }
    }
    // A second CRL of the issuer, but only beside good ones: OpenSSL uses only the CRL that it considers
    // best.
    if changed.is_none() && random.chance(30) {
        let issuer = world.leaf_issuer();
        case.crls.push(crl(issuer, world, partitioned, random));
    } else if random.chance(20)
        && let Some(complete) = case.crls.last()
        && let Some(delta) = delta(complete, world.leaf_issuer(), world, random)
    {
        case.story.push("delta CRL".into());
        case.crls.push(delta);
    }
}

fn with_points(leaf: &[u8], signer: Key, random: &mut Random) -> Option<Vec<u8>> {
    let mut tree = Node::parse(leaf)?;
    let parts = tree.children_mut()?;
    let list = parts[0]
        .children_mut()?
        .last_mut()?
        .children_mut()?
        .first_mut()?
        .children_mut()?;
    let new = Node::parse(&extension("2.5.29.31", false, &distribution_points(random)))?;
    let kind = |node: &Node| node.children().first().map(Node::contents);
    list.retain(|have| kind(have) != kind(&new));
    list.push(new);
    let signature = signer.sign(&parts[0].encode());
    parts[2] = Node::parse(&bits(&signature))?;
    Some(tree.encode())
}

fn cms(case: &mut Case, world: &World, random: &mut Random) {
    let made = message::message(world, random);
    case.detached = made.detached;
    case.message = made.der;
    case.intermediates.clear();
    if random.chance(6) {
        let at = random.below(case.message.len());
        case.message[at] ^= 1 << random.below(8);
        case.story.push("a bit flipped".into());
        return;
    }
    let Some(mut tree) = Node::parse(&case.message) else {
        return;
    };
    for _ in 0..times(random) {
        // Half of the bytes are certificates, but the signers are more important.
        let body = tree
            .children_mut()
            .and_then(|parts| parts.get_mut(1))
            .and_then(Node::children_mut);
        let signers = body
            .and_then(|body| body.first_mut())
            .and_then(Node::children_mut)
            .and_then(|body| body.last_mut());
        let done = match signers {
            Some(signers) if random.chance(65) => mutate(signers, random),
            _ => mutate(&mut tree, random),
        };
        case.story.push(done.into());
    }
    if random.chance(70) {
        let digests = random.chance(50);
        message::sign_again(&mut tree, world, digests);
        case.story.push("signed again".into());
    }
    case.message = tree.encode();
    if random.chance(5) {
        case.message.extend([0; 7]);
        case.story.push("zeros behind".into());
    }
}

impl Case {
    pub fn content(&self) -> Option<&[u8]> {
        self.detached.then_some(CONTENT)
    }

    /// All inputs, changed or not, to search for encodings that are not DER.
    pub fn inputs(&self) -> impl Iterator<Item = &[u8]> {
        let message = (self.kind == Kind::Cms).then_some(&self.message);
        let lists = self
            .intermediates
            .iter()
            .chain([&self.leaf])
            .chain(&self.crls)
            .chain(message);
        lists.map(Vec::as_slice)
    }
}
