//! A variable of each thread.

#[cfg(not(target_family = "wasm"))]
mod of_thread {
    use core::cell::RefCell;
    use std::thread::LocalKey;

    pub(in super::super) type Local<T> = LocalKey<RefCell<T>>;

    macro_rules! local {
        (static $name:ident: $type:ty = $value:expr;) => {
            std::thread_local! {
                static $name: core::cell::RefCell<$type> = const { core::cell::RefCell::new($value) };
            }
        };
    }
    pub(in super::super) use local;
}

/// A module of WebAssembly without shared memory has one thread.
#[cfg(target_family = "wasm")]
mod of_thread {
    #![allow(unsafe_code, reason = "there is no other thread to share it with")]
    use core::cell::RefCell;

    #[cfg(target_feature = "atomics")]
    compile_error!("modules with threads are not supported");

    pub(in super::super) struct Local<T>(RefCell<T>);

    // SAFETY: there is one thread.
    unsafe impl<T> Sync for Local<T> {}

    impl<T> Local<T> {
        pub(in super::super) const fn new(value: T) -> Self {
            Self(RefCell::new(value))
        }

        pub(in super::super) fn with_borrow_mut<R>(&self, with: impl FnOnce(&mut T) -> R) -> R {
            with(&mut self.0.borrow_mut())
        }
    }

    macro_rules! local {
        (static $name:ident: $type:ty = $value:expr;) => {
            static $name: super::local::Local<$type> = super::local::Local::new($value);
        };
    }
    pub(in super::super) use local;
}

pub(super) use of_thread::{Local, local};
