//! Threads, and work in batches whose results keep their order.

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::args::Work;

/// Sets the number of threads for the whole run.
pub(super) fn use_threads(work: &Work) -> Result<()> {
    let Some(threads) = work.threads else {
        return Ok(());
    };
    if threads == 0 {
        bail!("--threads 0: at least one is needed");
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .context("threads could not be started")
}

/// Applies `act` to `items` in batches, side by side, and gives the results in order. Only some batches are held at once.
pub(super) fn in_batches<'a, T: Sync, R: Send + 'a>(
    items: &'a [T],
    size: usize,
    act: impl Fn(&[T]) -> R + Sync + 'a,
) -> impl Iterator<Item = R> + 'a {
    let at_once = size * rayon::current_num_threads() * 4;
    items
        .chunks(at_once)
        .flat_map(move |some| some.par_chunks(size).map(&act).collect::<Vec<R>>())
}
