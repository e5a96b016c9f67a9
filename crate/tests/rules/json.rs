//! The JSON reader: its rules, its cost, and its agreement with serde_json on mutated texts.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Instant;

use crate::common::{Random, mutate};
use honnin::Code;
use honnin::json::{MAX_DEPTH, Value, parse};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

fn code(text: impl AsRef<[u8]>) -> Option<Code> {
    parse(text.as_ref()).err().map(|error| error.code())
}

#[test]
fn accepted() {
    for text in [
        "null",
        " true\n",
        "\t[ ]\r",
        "{}",
        "[1,-0,0.5,-1.25e-3,2E+10,1e307,0e999,1e-999]",
        "{\"a\":{\"a\":{\"a\":[]}}}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\uDE00\u{7f}本人\"",
        "{\"\":1,\" \":2}",
        "{\"a\":1,\"A\":2,\"\\u00e4\":3,\"a\\u0308\":4}",
    ] {
        assert_eq!(code(text), None, "{text}");
    }
}

#[test]
fn values() {
    let text = r#"{"b":[true,false,null,-1.50e2,"x"],"a\u0062":"\ud83d\ude00\n","":{}}"#;
    let value = parse(text.as_bytes()).unwrap();
    let object = value.as_object().unwrap();
    let names: Vec<&str> = object.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["", "ab", "b"]);
    assert_eq!(object.get("ab").unwrap().as_str(), Some("😀\n"));
    assert_eq!(object.get("").unwrap().as_object().unwrap().iter().len(), 0);
    assert_eq!(object.get("a"), None);
    assert_eq!(
        object.get("b").unwrap().as_array().unwrap(),
        [
            Value::Bool(true),
            Value::Bool(false),
            Value::Null,
            Value::Number("-1.50e2"),
            Value::String("x".into())
        ]
    );
    assert_eq!(Value::Null.as_str(), None);
    assert_eq!(Value::Null.as_array(), None);
    assert_eq!(Value::Null.as_object(), None);
}

#[test]
fn malformed() {
    let texts: &[&[u8]] = &[
        b"",
        b" ",
        b"\xef\xbb\xbf{}",
        b"{}{}",
        b"{} x",
        b"nul",
        b"True",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"undefined",
        b"'a'",
        b"[1,]",
        b"[,1]",
        b"[1 2]",
        b"[",
        b"[1",
        b"{",
        b"{\"a\"",
        b"{\"a\":",
        b"{\"a\":1",
        b"{\"a\":1,}",
        b"{\"a\" 1}",
        b"{a:1}",
        b"{1:1}",
        b"{\"a\":1 \"b\":2}",
        b"/* */1",
        b"1 // x",
        b"01",
        b"+1",
        b"-",
        b"1.",
        b".5",
        b"1e",
        b"1e+",
        b"0x10",
        b"1_0",
        b"--1",
        b"1e308",
        b"1e400",
        b"-1e400",
        b"123456789e300",
        b"0.0001e312",
        b"1e99999999999999999999999",
        b"\"",
        b"\"\\",
        b"\"\\x\"",
        b"\"\\u12\"",
        b"\"\\u+123\"",
        b"\"\\u12 4\"",
        b"\"\\ud83d\"",
        b"\"\\ud83dx\"",
        b"\"\\ud83d\\n\"",
        b"\"\\ud83d\\ud83d\"",
        b"\"\\ude00\"",
        b"\"\\ude00\\ud83d\"",
        b"\"a\nb\"",
        b"\"\x00\"",
        b"\"\x1f\"",
        b"\"\xff\"",
        b"\"\xc0\x80\"",
        b"\"\xed\xa0\x80\"",
        b"\"\xf4\x90\x80\x80\"",
        b"\"\xe6\x9c\"",
        b"[\xc2\xa01]",
        b"\"\\uffff\"",
        b"\"\\ufdd0\"",
        b"\"\\ud83f\\udffe\"",
        b"\"\xef\xbf\xbe\"",
        b"{\"\xef\xb7\x90\":1}",
    ];
    for text in texts {
        assert_eq!(
            code(text),
            Some(Code::JsonMalformed),
            "{}",
            String::from_utf8_lossy(text)
        );
    }
}

#[test]
fn duplicate_members() {
    for text in [
        r#"{"a":1,"a":1}"#,
        r#"{"a":1,"b":2,"a":3}"#,
        r#"{"a":1,"\u0061":1}"#,
        r#"{"\ud83d\ude00":1,"😀":1}"#,
        r#"{"\/":1,"/":1}"#,
        r#"{"":1,"":1}"#,
        r#"[[{"x":{"a":1,"a":{}}}]]"#,
        r#"{"__proto__":1,"__proto__":2}"#,
    ] {
        assert_eq!(code(text), Some(Code::JsonDuplicateMember), "{text}");
    }
}

#[test]
fn errors_tell_where_and_not_what() {
    let error = parse(br#"{"secret":1,"other":2,"secret":3}"#).unwrap_err();
    assert_eq!(
        error.message(),
        "an object has two members with the same name (byte 22)"
    );
    let error = parse(br#"{"secret":"a", x}"#).unwrap_err();
    assert_eq!(error.message(), "expected the name of a member (byte 15)");
    let error = parse(b"\"ab\xff\"").unwrap_err();
    assert_eq!(error.message(), "not UTF-8 (byte 3)");
}

#[test]
fn depth() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |depth: usize| format!("{}0{}", open.repeat(depth), close.repeat(depth));
        assert_eq!(code(nested(MAX_DEPTH)), None);
        assert_eq!(code(nested(MAX_DEPTH + 1)), Some(Code::JsonMalformed));
        assert_eq!(code(nested(100_000)), Some(Code::JsonMalformed));
        assert_eq!(code(open.repeat(1_000_000)), Some(Code::JsonMalformed));
    }
}

/// Ten times the members cost about ten times as much, not a hundred times; measured as a ratio within one
/// run.
#[test]
fn many_members_cost_no_square() {
    let object = |count: usize| {
        let members: Vec<String> = (0..count).map(|at| format!("\"{at}\":0")).collect();
        format!("{{{}}}", members.join(","))
    };
    let time = |text: &str| {
        let start = Instant::now();
        parse(text.as_bytes()).unwrap();
        start.elapsed().as_nanos().max(1)
    };
    let (small, large) = (object(1_000), object(20_000));
    // The fastest of many, in turn: what else the machine does slows single runs down, mostly the longer ones.
    let (small, large) = (0..100)
        .map(|_| (time(&small), time(&large)))
        .reduce(|least, next| (least.0.min(next.0), least.1.min(next.1)))
        .unwrap();
    let ratio = large / small;
    assert!(ratio < 100, "20 times the members took {ratio} times as long");
}

/// What serde_json reads, including what it accepts: duplicates, depth, noncharacters, numbers near infinity.
struct Probe {
    tree: Tree,
    refused: bool,
    depth: usize,
}

#[derive(Debug, PartialEq)]
enum Tree {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Probe {
    fn leaf(tree: Tree, refused: bool) -> Self {
        Self {
            tree,
            refused,
            depth: 0,
        }
    }
}

fn has_noncharacter(text: &str) -> bool {
    text.chars().any(|character| {
        matches!(character as u32, 0xfdd0..=0xfdef) || (character as u32) % 0x10000 >= 0xfffe
    })
}

impl<'de> Deserialize<'de> for Probe {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Probe;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E: de::Error>(self) -> Result<Probe, E> {
                Ok(Probe::leaf(Tree::Null, false))
            }
            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Probe, E> {
                Ok(Probe::leaf(Tree::Bool(value), false))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Probe, E> {
                self.visit_f64(value as f64)
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Probe, E> {
                self.visit_f64(value as f64)
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Probe, E> {
                Ok(Probe::leaf(Tree::Number(value), value.abs() >= 1e308))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Probe, E> {
                Ok(Probe::leaf(Tree::String(text.into()), has_noncharacter(text)))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Probe, A::Error> {
                let (mut elements, mut refused, mut depth) = (Vec::new(), false, 0);
                while let Some(element) = access.next_element::<Probe>()? {
                    refused |= element.refused;
                    depth = depth.max(element.depth);
                    elements.push(element.tree);
                }
                Ok(Probe {
                    tree: Tree::Array(elements),
                    refused,
                    depth: depth + 1,
                })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Probe, A::Error> {
                let (mut members, mut refused, mut depth) = (Vec::new(), false, 0);
                let mut names = BTreeSet::new();
                while let Some((name, member)) = access.next_entry::<String, Probe>()? {
                    refused |= member.refused | has_noncharacter(&name) | !names.insert(name.clone());
                    depth = depth.max(member.depth);
                    members.push((name, member.tree));
                }
                members.sort_by(|(one, _), (other, _)| one.cmp(other));
                Ok(Probe {
                    tree: Tree::Object(members),
                    refused,
                    depth: depth + 1,
                })
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

fn tree(value: &Value<'_>) -> Tree {
    match value {
        Value::Null => Tree::Null,
        Value::Bool(value) => Tree::Bool(*value),
        Value::Number(text) => Tree::Number(text.parse().unwrap()),
        Value::String(text) => Tree::String(text.to_string()),
        Value::Array(elements) => Tree::Array(elements.iter().map(tree).collect()),
        Value::Object(object) => Tree::Object(
            object
                .iter()
                .map(|(name, value)| (name.to_owned(), tree(value)))
                .collect(),
        ),
    }
}

/// Both readers agree on valid JSON and its value, except for I-JSON and the maximum depth: a text that
/// serde_json reads is rejected here if and only if it has a duplicate member, a noncharacter, a number of
/// 1e308 or more, or more than 32 levels. Both reject lone surrogates.
#[test]
fn agrees_with_serde_json() {
    let seeds: &[&[u8]] = &[
        br#"{"iss":"https://op.example","sub":"a","aud":["x","y"],"exp":1.5e9,"ok":true,"n":null,"f":[-0.25,{}]}"#,
        "{\"名前\":\"本人\",\"e\":\"\\ud83d\\ude00\\u0000\\n\",\"d\":[[[[{\"a\":{\"b\":[]}}]]]]}".as_bytes(),
        br#"[0,-1,1E5,1e-5,123456789012345678901234567890,0.1,"\\\"\/\b",{"a":1,"b":2,"c":3}]"#,
    ];
    let pieces: &[&[u8]] = &[
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\"",
        b"\\",
        b"\\u",
        b"\\ud800",
        b"\\udc00",
        b"\\uffff",
        b"\xef\xbf\xbf",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\x00",
        b" ",
        b"\n",
        b"0",
        b"-",
        b".",
        b"e",
        b"e307",
        b"e309",
        b"1e308",
        b"true",
        b"null",
        b"\"a\":1,",
        b"\"\\u0061\":1,",
        b"[[[[[[[[[[[[[[[[",
        b"]]]]]]]]]]]]]]]]",
        b"[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]",
    ];
    let mut random = Random::new(2026);
    let (mut accepted, mut narrower) = (0, 0);
    for round in 0..150_000 {
        let text = mutate(&mut random, seeds[round % seeds.len()], pieces);
        let ours = parse(&text);
        let shown = String::from_utf8_lossy(&text).into_owned();
        match serde_json::from_slice::<Probe>(&text) {
            Ok(probe) if probe.refused || probe.depth > MAX_DEPTH => {
                narrower += 1;
                assert!(ours.is_err(), "should be refused: {shown}");
            }
            Ok(probe) => {
                accepted += 1;
                assert_eq!(
                    tree(&ours.unwrap_or_else(|error| panic!("{error}: {shown}"))),
                    probe.tree
                );
            }
            Err(error) => assert!(ours.is_err(), "serde_json: {error}: {shown}"),
        }
    }
    assert!(
        accepted > 10_000 && narrower > 500,
        "the corpus tests little: {accepted}, {narrower}"
    );
}
