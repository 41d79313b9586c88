//! Work on many things side by side, whose results come in the order of the things. Taking, working and handing on
//! overlap: no thread waits for the slowest of a batch, nor for what is written meanwhile.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::mpsc,
};

/// Things per thread that are taken and not yet handed on.
const AHEAD: usize = 4;
/// Nothing more is taken while so many bytes are under way.
const BYTES: usize = 4 << 20;

/// Applies `act` to all `items` and hands the results to `sink`, in order, on the caller's thread. `size` tells how many
/// bytes an item holds, and bounds how many are held at once. With one thread nothing runs beside the caller's.
/// Stops at the sink's first error.
///
/// # Errors
/// Those of `sink`.
pub fn in_order<T: Send, R: Send, E>(
    mut items: impl Iterator<Item = T>,
    size: impl Fn(&T) -> usize,
    act: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = rayon::current_num_threads();
    if threads < 2 {
        return items.try_for_each(|item| sink(act(item)));
    }
    let act = &act;
    rayon::in_place_scope(|scope| {
        let (done, results) = mpsc::channel();
        let mut waiting = BTreeMap::new();
        let (mut taken, mut handed, mut bytes) = (0, 0, 0);
        loop {
            while taken - handed < AHEAD * threads && (bytes < BYTES || taken == handed) {
                let Some(item) = items.next() else { break };
                let (number, weight) = (taken, size(&item));
                (taken, bytes) = (taken + 1, bytes + weight);
                let done = done.clone();
                scope.spawn(move |_| {
                    let result = catch_unwind(AssertUnwindSafe(|| act(item)));
                    // Nobody listens any more after an error of the sink.
                    let _ = done.send((number, weight, result));
                });
            }
            if taken == handed {
                return Ok(());
            }
            let Ok((number, weight, result)) = results.recv() else {
                return Ok(());
            };
            waiting.insert(number, (weight, result));
            while let Some((weight, result)) = waiting.remove(&handed) {
                (handed, bytes) = (handed + 1, bytes - weight);
                sink(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(threads: usize) -> rayon::ThreadPool {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap()
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        for threads in [1, 2, 5] {
            let mut seen = Vec::new();
            let slow_first = |n: u64| {
                std::thread::sleep(std::time::Duration::from_micros(97 * (7 - n % 7)));
                n * 2
            };
            let all = pool(threads).install(|| {
                in_order(
                    0..100,
                    |_| BYTES / 3,
                    slow_first,
                    |n| {
                        seen.push(n);
                        Ok::<_, ()>(())
                    },
                )
            });
            assert_eq!(all, Ok(()));
            assert_eq!(seen, (0..100).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_of_the_sink_ends_it() {
        for threads in [1, 3] {
            let mut taken = 0;
            let items = (0..1000).inspect(|_| taken += 1);
            let refuse = |n| if n == 10 { Err(n) } else { Ok(()) };
            let end = pool(threads).install(|| in_order(items, |_| 1, |n| n, refuse));
            assert_eq!(end, Err(10));
            assert!(taken < 100, "{taken}");
        }
    }

    #[test]
    #[should_panic(expected = "the eleventh")]
    fn a_panic_is_passed_on() {
        let act = |n: usize| assert!(n < 10, "the eleventh");
        let _ = pool(2).install(|| in_order(0..20, |_| 1, act, |()| Ok::<_, ()>(())));
    }
}
