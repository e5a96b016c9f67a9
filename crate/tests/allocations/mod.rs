//! An allocator that counts for each thread, because the test harness has other threads.
#![allow(dead_code, unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

/// The allocations of a thread.
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

/// The allocations of this thread so far.
pub fn spent() -> Spent {
    SPENT.get()
}

/// The result of `work`, and the maximum number of bytes in use during it, beyond those in use before.
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

// SAFETY: passes every call to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mut spent = SPENT.get();
        spent.allocations += 1;
        spent.bytes += layout.size();
        spent.live += layout.size() as isize;
        spent.peak = spent.peak.max(spent.live);
        SPENT.set(spent);
        // SAFETY: the caller satisfies the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        let mut spent = SPENT.get();
        spent.live -= layout.size() as isize;
        SPENT.set(spent);
        // SAFETY: the caller satisfies the contract.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;
