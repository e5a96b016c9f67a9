//! The objects of all packages, without duplicates, with the folders that contain them.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::find;
use crate::shape::Kind;

/// The maximum size of a file that is read, in bytes.
const LARGEST_FILE: u64 = 128 << 20;

pub struct Package {
    pub registry: String,
    pub name: String,
    pub version: String,
    folder: PathBuf,
}

pub struct Object {
    pub kind: Kind,
    pub der: Vec<u8>,
    /// Where it was first found.
    pub package: usize,
    pub file: String,
}

/// The contents of one folder of a package.
#[derive(Default)]
pub struct Folder {
    pub objects: Vec<usize>,
    /// The parent folder, which may have other folders.
    pub parent: (usize, PathBuf),
}

#[derive(Default)]
pub struct Corpus {
    pub packages: Vec<Package>,
    pub objects: Vec<Object>,
    pub folders: BTreeMap<(usize, PathBuf), Folder>,
    /// The number of objects in each package, including those that other packages also have.
    pub held: Vec<[usize; 4]>,
}

fn packages(list: &str) -> Result<Vec<Package>, String> {
    list.lines()
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [registry, name, version, folder] => Ok(Package {
                registry: registry.to_owned(),
                name: name.to_owned(),
                version: version.to_owned(),
                folder: folder.into(),
            }),
            _ => Err(format!("not a package: {line}")),
        })
        .collect()
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type()?;
        if kind.is_dir() {
            files(&entry.path(), out)?;
        } else if kind.is_file() && entry.metadata()?.len() <= LARGEST_FILE {
            out.push(entry.path());
        }
    }
    Ok(())
}

impl Corpus {
    /// Reads every file of the packages in the list.
    pub fn read(list: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(list).map_err(|error| format!("{}: {error}", list.display()))?;
        let mut corpus = Self {
            packages: packages(&text)?,
            ..Self::default()
        };
        let mut known = HashMap::new();
        for package in 0..corpus.packages.len() {
            corpus.held.push([0; 4]);
            let root = corpus.packages[package].folder.clone();
            let mut paths = Vec::new();
            files(&root, &mut paths).map_err(|error| format!("{}: {error}", root.display()))?;
            let mut held = HashMap::new();
            for path in paths {
                let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                let relative = path.strip_prefix(&root).unwrap_or(&path);
                for (kind, der) in find::objects(&relative.to_string_lossy(), &bytes) {
                    let digest: [u8; 32] = Sha256::digest(&der).into();
                    let object = *known.entry((kind, digest)).or_insert_with(|| {
                        corpus.objects.push(Object {
                            kind,
                            der,
                            package,
                            file: relative.to_string_lossy().into_owned(),
                        });
                        corpus.objects.len() - 1
                    });
                    held.insert(object, kind);
                    let folder = relative.parent().unwrap_or(Path::new("")).to_owned();
                    let parent = folder.parent().map_or_else(|| folder.clone(), Path::to_owned);
                    let there = corpus.folders.entry((package, folder)).or_default();
                    there.parent = (package, parent);
                    if !there.objects.contains(&object) {
                        there.objects.push(object);
                    }
                }
            }
            for kind in held.values() {
                corpus.held[package][*kind as usize] += 1;
            }
        }
        Ok(corpus)
    }

    /// The objects of a folder and of its sibling folders.
    pub fn around(&self, folder: &Folder) -> Vec<usize> {
        let beside = self
            .folders
            .values()
            .filter(|other| other.parent == folder.parent);
        let mut all: Vec<_> = beside.flat_map(|other| other.objects.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The location of an object, for people.
    pub fn place(&self, object: usize) -> String {
        let object = &self.objects[object];
        let package = &self.packages[object.package];
        format!("{} {} {}", package.name, object.file, object.kind.name())
    }

    /// The file in which an object was first found.
    pub fn file(&self, object: usize) -> Vec<u8> {
        let object = &self.objects[object];
        fs::read(self.packages[object.package].folder.join(&object.file)).unwrap_or_default()
    }

    /// The files beside an object in its first location, for detached content.
    pub fn beside(&self, object: usize) -> Vec<Vec<u8>> {
        let object = &self.objects[object];
        let path = self.packages[object.package].folder.join(&object.file);
        let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
        let small = |entry: &fs::DirEntry| {
            entry
                .metadata()
                .is_ok_and(|data| data.is_file() && data.len() < 1 << 20)
        };
        entries
            .into_iter()
            .flatten()
            .flatten()
            .filter(small)
            .take(500)
            .filter_map(|entry| fs::read(entry.path()).ok())
            .collect()
    }
}
