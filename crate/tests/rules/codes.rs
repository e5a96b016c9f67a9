//! Rust and TypeScript have the same codes.
use std::collections::BTreeSet;
use std::path::PathBuf;

use honnin::Code;

#[test]
fn verifier_codes_of_typescript() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../js/src/error-codes.ts");
    let source = std::fs::read_to_string(path).unwrap();
    let list = |name: &str| -> Vec<&str> {
        let (_, list) = source.split_once(&format!("export const {name} = [")).unwrap();
        let (list, _) = list.split_once("] as const;").unwrap();
        list.split('"').skip(1).step_by(2).collect()
    };
    let theirs = [list("tokenCodes"), list("certificateCodes")].concat();
    let ours: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(theirs, ours);
}

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for name in names {
        assert!(
            name.split('-').all(|word| !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())),
            "{name}"
        );
    }
}
