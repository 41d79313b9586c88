//! How many threads work.

use anyhow::{Context, Result, bail};

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
