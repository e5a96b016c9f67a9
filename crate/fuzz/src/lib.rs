//! Shared by the fuzz targets: the code in `crate/tests/fuzzing`, with its structural changes and libFuzzer's
//! byte changes.

#[path = "../../tests/allocations/mod.rs"]
mod allocations;
#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/fuzzing/mod.rs"]
mod fuzzing;
#[path = "../../tests/pki/mod.rs"]
mod pki;
#[path = "../../tests/synthetic/mod.rs"]
mod synthetic;

/// Runs a target.
pub fn run(name: &str, input: &[u8]) {
    for target in fuzzing::TARGETS.iter().filter(|target| target.name == name) {
        (target.run)(input);
    }
}

/// Changes the first `size` bytes of `data` and returns the new size.
pub fn change(data: &mut [u8], size: usize, seed: u32) -> usize {
    let mut native = |part: &[u8]| {
        let mut buffer = part.to_vec();
        buffer.resize(part.len() + 64, 0);
        let room = buffer.len();
        let length = libfuzzer_sys::fuzzer_mutate(&mut buffer, part.len(), room);
        buffer.truncate(length);
        buffer
    };
    let changed = fuzzing::mutate(&data[..size], seed.into(), &mut native);
    put(&changed, data)
}

/// Makes one input from two.
pub fn cross(one: &[u8], other: &[u8], out: &mut [u8], seed: u32) -> usize {
    put(&fuzzing::cross(one, other, seed.into()), out)
}

fn put(bytes: &[u8], out: &mut [u8]) -> usize {
    let length = bytes.len().min(out.len());
    out[..length].copy_from_slice(&bytes[..length]);
    length
}

/// A target by its name.
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        libfuzzer_sys::fuzz_target!(|input: &[u8]| $crate::run($name, input));
        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, _room: usize, seed: u32| {
            $crate::change(data, size, seed)
        });
        libfuzzer_sys::fuzz_crossover!(|one: &[u8], other: &[u8], out: &mut [u8], seed: u32| {
            $crate::cross(one, other, out, seed)
        });
    };
}
