//! Who imports whom in `src`: nobody anybody who imports them, over any number of files, and nobody anybody above them.
//! A name that a `mod.rs` exports counts as the file's that defines it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the ground up: each may import those before it, as `docs/architecture.md` says.
const FLOORS: &[&str] = &[
    "code",
    "report",
    "error",
    "pem",
    "der",
    "json",
    "signature",
    "jose",
    "x509",
    "cms",
    "jpki",
    "signer",
    "package",
    "inspect",
    "boundary",
    "wasm",
];

type Names = Vec<String>;

/// One file: where it is among the modules, what it defines, and what it names of others.
struct Module {
    file: String,
    defined: BTreeSet<String>,
    uses: Vec<Names>,
    exports: BTreeMap<String, Names>,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code without comments and without the tests at its end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
    let lines = text.lines().map(|line| line.split("//").next().unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The paths of a `use` tree, each with the name that it brings.
fn tree(text: &str) -> Vec<(Names, String)> {
    let text = text.trim();
    let Some((before, inside)) = text.split_once('{') else {
        let (path, alias) = text.split_once(" as ").unwrap_or((text, ""));
        let mut path: Names = path.split("::").map(|name| name.trim().to_owned()).collect();
        path.retain(|name| !name.is_empty());
        // The module itself, of a list.
        path.pop_if(|last| last == "self");
        let name = if alias.is_empty() {
            path.last().cloned().unwrap_or_default()
        } else {
            alias.trim().to_owned()
        };
        return vec![(path, name)];
    };
    let inside = inside.trim_end().strip_suffix('}').unwrap();
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for character in inside.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if character == ',' && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push(character);
        }
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| tree(&format!("{before}{part}"))).collect()
}

/// The paths in code that begin with one of these words.
fn paths(code: &str, starts: &[&str]) -> Vec<Names> {
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, character) in code.char_indices() {
        if is_word(character) && !is_word(before) && before != ':' {
            let path: String = code[at..]
                .chars()
                .take_while(|character| is_word(*character) || *character == ':')
                .collect();
            let path: Names = path.split("::").map(str::to_owned).collect();
            if path.len() > 1 && starts.contains(&path[0].as_str()) {
                found.push(path);
            }
        }
        before = character;
    }
    found
}

/// From the crate's root.
fn absolute(at: &[String], path: &[String], children: &BTreeSet<String>) -> Option<Names> {
    let mut whole = at.to_vec();
    let mut rest = path;
    match rest.first()?.as_str() {
        "crate" => return Some(rest[1..].to_vec()),
        "super" | "self" => {
            while let Some(first) = rest.first().filter(|first| *first == "super" || *first == "self") {
                if first == "super" {
                    whole.pop();
                }
                rest = &rest[1..];
            }
        }
        child if children.contains(child) => {}
        _ => return None,
    }
    whole.extend_from_slice(rest);
    Some(whole)
}

fn modules() -> BTreeMap<Names, Module> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let place = |path: &Path| -> Names {
        let path = path.strip_prefix(&root).unwrap().with_extension("");
        let mut names: Names = path
            .iter()
            .map(|name| name.to_str().unwrap().to_owned())
            .collect();
        if names.last().is_some_and(|last| last == "mod" || last == "lib") {
            names.pop();
        }
        names
    };
    let places: BTreeSet<Names> = found.iter().map(|path| place(path)).collect();
    let read = |path: &PathBuf| {
        let at = place(path);
        let all = code(&fs::read_to_string(path).unwrap());
        let is_child = |other: &&Names| other.len() == at.len() + 1 && other.starts_with(&at);
        let children = places
            .iter()
            .filter(is_child)
            .map(|child| child.last().unwrap().clone())
            .collect();
        let (mut uses, mut exports, mut rest) = (Vec::new(), BTreeMap::new(), String::new());
        for statement in all.split_inclusive(';') {
            let trimmed = statement.trim();
            let is_use = |line: &str| {
                let line = line.trim_start();
                let line = ["pub(crate) ", "pub(super) ", "pub "]
                    .iter()
                    .find_map(|visibility| line.strip_prefix(visibility))
                    .unwrap_or(line);
                line.starts_with("use ")
            };
            let line = trimmed.lines().position(is_use);
            let Some(line) = line else {
                rest.push_str(statement);
                continue;
            };
            let lines: Vec<&str> = trimmed.lines().collect();
            rest.push_str(&lines[..line].join("\n"));
            let statement = lines[line..].join(" ");
            let (visibility, list) = statement.split_once("use ").unwrap();
            for (path, name) in tree(list.trim_end_matches(';')) {
                let Some(path) = absolute(&at, &path, &children) else {
                    continue;
                };
                if visibility.is_empty() {
                    uses.push(path.clone());
                }
                exports.insert(name, path);
            }
        }
        let starts: Vec<&str> = ["crate", "super"]
            .into_iter()
            .chain(children.iter().map(String::as_str))
            .collect();
        uses.extend(
            paths(&rest, &starts)
                .iter()
                .filter_map(|path| absolute(&at, path, &children)),
        );
        // A module that was imported, and what is taken of it.
        let imported: Vec<String> = exports.keys().cloned().collect();
        let imported: Vec<&str> = imported.iter().map(String::as_str).collect();
        for path in paths(&rest, &imported) {
            let mut whole: Names = exports[&path[0]].clone();
            whole.extend_from_slice(&path[1..]);
            uses.push(whole);
        }
        let words: Vec<&str> = rest
            .split(|character| !is_word(character))
            .filter(|word| !word.is_empty())
            .collect();
        let kinds = ["fn", "struct", "enum", "trait", "const", "static", "type"];
        let defined = words
            .windows(2)
            .filter(|pair| kinds.contains(&pair[0]))
            .map(|pair| pair[1].to_owned());
        let module = Module {
            file: path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(),
            defined: defined.collect(),
            uses,
            exports,
        };
        (at, module)
    };
    found.iter().map(read).collect()
}

/// The file that defines what a path names.
fn resolve<'m>(modules: &'m BTreeMap<Names, Module>, path: &[String], depth: usize) -> Option<&'m Module> {
    let length = (0..=path.len())
        .rev()
        .find(|length| modules.contains_key(&path[..*length]))?;
    let module = &modules[&path[..length]];
    match path.get(length) {
        Some(name) if depth < 8 && !module.defined.contains(name) => match module.exports.get(name) {
            Some(elsewhere) => {
                let whole = [elsewhere.as_slice(), &path[length + 1..]].concat();
                resolve(modules, &whole, depth + 1)
            }
            None => Some(module),
        },
        _ => Some(module),
    }
}

fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let modules = modules();
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for module in modules.values() {
        let targets = module.uses.iter().filter_map(|path| resolve(&modules, path, 0));
        let others = targets
            .filter(|target| target.file != module.file)
            .map(|target| target.file.clone());
        arrows.entry(module.file.clone()).or_default().extend(others);
    }
    arrows
}

#[test]
fn no_file_imports_one_that_imports_it() {
    let mut left = arrows();
    assert!(left.len() > 100, "{} files", left.len());
    let count: usize = left.values().map(BTreeSet::len).sum();
    assert!(count > 500, "{count} arrows");
    // Whoever imports nothing that is left is in no circle, nor is whoever nothing that is left imports.
    loop {
        let imported: BTreeSet<String> = left.values().flatten().cloned().collect();
        let in_circle = |file: &String, targets: &BTreeSet<String>| {
            imported.contains(file) && targets.iter().any(|target| left.contains_key(target))
        };
        let kept: BTreeMap<_, _> = left
            .iter()
            .filter(|(file, targets)| in_circle(file, targets))
            .map(|(file, targets)| (file.clone(), targets.clone()))
            .collect();
        if kept.len() == left.len() {
            break;
        }
        left = kept;
    }
    let inside = |targets: &BTreeSet<String>| {
        let each = targets.iter().filter(|target| left.contains_key(*target));
        each.cloned().collect::<Vec<_>>()
    };
    let circles: Vec<_> = left
        .iter()
        .map(|(file, targets)| (file, inside(targets)))
        .collect();
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn modules_stand_on_each_other_in_one_order() {
    let floor = |file: &str| {
        let module = file.split('/').next().unwrap().trim_end_matches(".rs");
        FLOORS.iter().position(|floor| *floor == module)
    };
    let mut wrong = Vec::new();
    for (file, targets) in arrows() {
        if file == "lib.rs" || file == "hidden.rs" {
            continue;
        }
        let own = floor(&file).unwrap_or_else(|| panic!("{file} is on no floor"));
        for target in targets {
            let below = floor(&target).is_some_and(|target| target <= own);
            // What certificates say does not use what verifies them.
            let back = target.starts_with("x509/verify/")
                && file.starts_with("x509/")
                && !file.starts_with("x509/verify/");
            if !below || back {
                wrong.push(format!("{file} imports {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
