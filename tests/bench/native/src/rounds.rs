//! Interleaved rounds, as `tests/bench/rounds.ts` has them, and the proof before them.

use std::time::Instant;

use crate::counting::peak_of;

/// One way to do a job: it accepts the valid input (`true`) and refuses the other one.
pub struct Variant<'a> {
    pub name: &'a str,
    pub accepts: Box<dyn Fn(bool) -> Result<(), String> + 'a>,
}

pub struct Plan {
    pub rounds: usize,
    /// Seconds that a variant takes at least in each round.
    pub least: f64,
}

/// Measures the variants, and returns a JSON object for each.
pub fn measure(job: &str, variants: &[Variant<'_>], plan: &Plan) -> Vec<String> {
    let mut rows = Vec::new();
    let mut ready = Vec::new();
    for variant in variants {
        let objection = match ((variant.accepts)(true), (variant.accepts)(false)) {
            (Err(error), _) => Some(format!("refuses the valid input: {error}")),
            (Ok(()), Ok(())) => Some("accepts a flipped bit".to_owned()),
            (Ok(()), Err(_)) => None,
        };
        match objection {
            Some(reason) => rows.push(format!(
                r#"{{"job":{job:?},"name":{:?},"reason":{reason:?}}}"#,
                variant.name
            )),
            None => ready.push((variant, iterations(variant, plan), Vec::new())),
        }
    }
    let mut state = 1_u32;
    for _ in 0..plan.rounds {
        // Each round starts at another variant.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let first = (state >> 16) as usize;
        for turn in 0..ready.len() {
            let at = (first + turn) % ready.len();
            if let Some((variant, count, samples)) = ready.get_mut(at) {
                samples.push(timed(variant, *count) / *count as f64 * 1e6);
            }
        }
    }
    for (variant, _, samples) in &ready {
        let bytes = peak_of(|| drop((variant.accepts)(true)));
        let name = variant.name;
        rows.push(format!(
            r#"{{"job":{job:?},"name":{name:?},"samples":{samples:?},"bytes":{bytes}}}"#
        ));
    }
    rows
}

/// How many operations take that long.
fn iterations(variant: &Variant<'_>, plan: &Plan) -> usize {
    let mut count = 1;
    loop {
        let took = timed(variant, count);
        if took >= plan.least {
            return count;
        }
        count = (count as f64 * (1.2 * plan.least / took.max(1e-9)).clamp(1.3, 16.0)).ceil() as usize;
    }
}

/// The seconds of so many operations.
fn timed(variant: &Variant<'_>, count: usize) -> f64 {
    let started = Instant::now();
    for _ in 0..count {
        if let Err(error) = (variant.accepts)(true) {
            panic!("{} refused a valid input: {error}", variant.name);
        }
    }
    started.elapsed().as_secs_f64()
}
