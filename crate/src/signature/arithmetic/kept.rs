//! What was computed for the keys that were used last. It changes the time of a verification and never its result.

use alloc::{boxed::Box, vec::Vec};

use super::local::Local;

/// The number of keys of one type that are kept.
const KEYS: usize = 4;
/// The use of a key at which its table is built. With that of the generator it costs as much as about six
/// verifications save, so a page that verifies once builds none.
const USES: u32 = 6;

/// The most recent entries, the last one first.
pub(super) struct Recent<E>(Vec<E>);

impl<E> Recent<E> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Moves the entry to the front, or puts a new one there.
    pub(super) fn front(
        &mut self,
        is_it: impl Fn(&E) -> bool,
        make: impl FnOnce() -> Option<E>,
    ) -> Option<&mut E> {
        match self.0.iter().position(is_it) {
            Some(at) => self.0.get_mut(..=at).unwrap_or_default().rotate_right(1),
            None => {
                let made = make()?;
                self.0.truncate(KEYS - 1);
                self.0.insert(0, made);
            }
        }
        self.0.first_mut()
    }
}

/// The most recent keys of one type, and what they share.
pub(super) struct Kept<K, T, S> {
    shared: Option<Box<S>>,
    keys: Recent<Entry<K, T>>,
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
            keys: Recent::new(),
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
        kept.with_borrow_mut(|Self { shared, keys }| {
            let make = || {
                let (key, uses, table) = (key.clone(), 0, None);
                Some(Entry { key, uses, table })
            };
            let Some(entry) = keys.front(|entry| entry.key == *key, make) else {
                return without();
            };
            entry.uses = entry.uses.saturating_add(1);
            if entry.uses >= USES && entry.table.is_none() {
                entry.table = build(key).map(Box::new);
                if shared.is_none() {
                    *shared = build_shared().map(Box::new);
                }
            }
            match (shared, &entry.table) {
                (Some(shared), Some(table)) => with(shared, table),
                _ => without(),
            }
        })
    }
}
