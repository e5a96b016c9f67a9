//! An allocator that counts, for each thread by itself: the test harness has others.
#![allow(dead_code, unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

/// What a thread has allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    pub allocations: usize,
    pub bytes: usize,
    pub live: isize,
    pub peak: isize,
}

thread_local! {
    static SPENT: Cell<Spent> = const {
        Cell::new(Spent { allocations: 0, bytes: 0, live: 0, peak: 0 })
    };
}

/// What this thread has allocated so far.
pub fn spent() -> Spent {
    SPENT.get()
}

/// The most bytes that `work` held at a time, beyond those held before.
pub fn peak_of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = SPENT.get();
    SPENT.set(Spent {
        peak: before.live,
        ..before
    });
    let done = work();
    let peak = SPENT.get().peak - before.live;
    (done, usize::try_from(peak).unwrap_or(0))
}

// SAFETY: hands every call on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mut spent = SPENT.get();
        spent.allocations += 1;
        spent.bytes += layout.size();
        spent.live += layout.size() as isize;
        spent.peak = spent.peak.max(spent.live);
        SPENT.set(spent);
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        let mut spent = SPENT.get();
        spent.live -= layout.size() as isize;
        SPENT.set(spent);
        // SAFETY: the caller keeps the contract.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;
