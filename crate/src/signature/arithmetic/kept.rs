//! Tables of the keys that were used last. They change the time of a verification and never its result.

use alloc::{boxed::Box, vec::Vec};

use super::local::Local;

/// The number of keys whose tables are kept.
const KEYS: usize = 4;
/// The use of a key at which its table is built. It costs as much as about four verifications save, so a page
/// that verifies once does not build one.
const USES: u32 = 4;

/// The most recent keys of one type, the last one first, and what they share.
pub(super) struct Kept<K, T, S> {
    shared: Option<Box<S>>,
    keys: Vec<Entry<K, T>>,
}

struct Entry<K, T> {
    key: K,
    uses: u32,
    table: Option<Box<T>>,
}

impl<K: PartialEq + Clone, T, S> Kept<K, T, S> {
    pub(super) const fn new() -> Self {
        Self {
            shared: None,
            keys: Vec::new(),
        }
    }

    /// Counts a use of the key, and calls `with` with its table once there is one, or else `without`.
    pub(super) fn using<R>(
        kept: &'static Local<Self>,
        key: &K,
        build: impl FnOnce(&K) -> Option<T>,
        build_shared: impl FnOnce() -> Option<S>,
        with: impl FnOnce(&S, &T) -> R,
        without: impl FnOnce() -> R,
    ) -> R {
        kept.with_borrow_mut(|kept| {
            kept.count(key);
            let Some(entry) = kept.keys.first_mut() else {
                return without();
            };
            if entry.uses >= USES && entry.table.is_none() {
                entry.table = build(key).map(Box::new);
                if kept.shared.is_none() {
                    kept.shared = build_shared().map(Box::new);
                }
            }
            match (&kept.shared, &entry.table) {
                (Some(shared), Some(table)) => with(shared, table),
                _ => without(),
            }
        })
    }

    /// Moves the key to the front.
    fn count(&mut self, key: &K) {
        match self.keys.iter().position(|entry| entry.key == *key) {
            Some(at) => self.keys.get_mut(..=at).unwrap_or_default().rotate_right(1),
            None => {
                self.keys.truncate(KEYS - 1);
                let key = key.clone();
                let (uses, table) = (0, None);
                self.keys.insert(0, Entry { key, uses, table });
            }
        }
        if let Some(entry) = self.keys.first_mut() {
            entry.uses = entry.uses.saturating_add(1);
        }
    }
}
