//! Changes JSON: members, elements, values.

use serde_json::Value;

use super::vocabulary::NAMES;
use crate::common::Random;

/// Changes one value at any position.
pub fn change_json(json: &mut Value, random: &mut Random) {
    let mut places = Vec::new();
    pointers(json, String::new(), &mut places);
    let place = &places[random.below(places.len())];
    let donor = places[random.below(places.len())].clone();
    let donor = json.pointer(&donor).cloned().unwrap_or_default();
    let Some(found) = json.pointer_mut(place) else {
        return;
    };
    let name = random.pick(NAMES).to_owned();
    match (random.below(8), found) {
        (0, found) => *found = donor,
        (1 | 2, Value::Object(members)) => drop(members.insert(name, donor)),
        (3 | 4, Value::Object(members)) => {
            let name = members.keys().nth(random.below(members.len())).cloned();
            members.remove(&name.unwrap_or_default());
        }
        (1 | 2, Value::Array(elements)) => {
            let times = (1 << random.below(12)).min(48_000 / donor.to_string().len());
            elements.extend(std::iter::repeat_n(donor, times));
        }
        (3 | 4, Value::Array(elements)) => drop(elements.pop()),
        (5, Value::String(text)) => {
            text.insert_str(0, random.pick(&["", " ", "é", "\0", "@", "AA", "\"", "\u{fdd0}"]))
        }
        (6, Value::String(text)) => drop(text.pop()),
        (1..=6, Value::Number(number)) => {
            let number = number.as_i64().unwrap_or_default();
            let by = 1_i64 << random.below(40);
            *found_number(json, place) = if random.below(2) == 0 {
                number.wrapping_add(by).into()
            } else {
                number.wrapping_sub(by).into()
            };
        }
        (_, found) => {
            *found = match random.below(8) {
                0 => Value::Null,
                1 => (random.below(2) == 0).into(),
                2 => (random.next() as u32).into(),
                3 => (1.5).into(),
                4 => name.into(),
                5 => Value::Array(vec![donor]),
                6 => i64::MIN.into(),
                _ => format!("@{}", random.below(8)).into(),
            };
        }
    }
}

/// Duplicates one member of an object, with another value.
pub fn double_member(json: &str, random: &mut Random) -> String {
    let places: Vec<usize> = json.match_indices("{\"").map(|(at, _)| at + 1).collect();
    let Some(at) = places.get(random.below(places.len())) else {
        return json.to_owned();
    };
    let (before, rest) = json.split_at(*at);
    let name = rest.split_once("\":").map_or("\"x", |(name, _)| name);
    format!("{before}{name}\":0,{rest}")
}

fn found_number<'v>(json: &'v mut Value, place: &str) -> &'v mut Value {
    json.pointer_mut(place).unwrap()
}

fn pointers(json: &Value, here: String, places: &mut Vec<String>) {
    match json {
        Value::Object(members) => {
            for (name, value) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(value, format!("{here}/{name}"), places);
            }
        }
        Value::Array(elements) => {
            for (at, value) in elements.iter().enumerate().take(64) {
                pointers(value, format!("{here}/{at}"), places);
            }
        }
        _ => {}
    }
    places.push(here);
}
