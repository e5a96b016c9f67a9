//! The verdicts of the OpenSSL library.

mod read;
mod verify;

pub use read::{Answer, Read, read, signed_number};
pub use verify::{Peer, Pool};

use openssl::error::ErrorStack;

/// The reasons in an error queue, innermost first.
fn reasons(stack: &ErrorStack) -> String {
    let each = stack.errors().iter().map(|error| {
        let reason = error.reason().unwrap_or("");
        [reason, error.data().unwrap_or("")].join(" ").trim().to_owned()
    });
    each.collect::<Vec<_>>().join("; ")
}
