//! Which vector instructions are used. Loops over numbers are written as plain Rust and compiled several times over; the fastest
//! version that the processor can run is chosen at run time. As no version contracts or reorders sums, all give the same bits;
//! only the matrix product may differ in the last digits.

use std::env;
use std::sync::LazyLock;

use pulp::Arch;

/// What the loops are compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Processor {
    /// The best of what this processor can do (AVX-512, AVX2, NEON).
    Detected,
    /// AVX2, where the processor can do more.
    #[cfg(all(test, target_arch = "x86_64"))]
    Avx2,
    /// What every processor of the family can do.
    Portable,
}

static PROCESSOR: LazyLock<Processor> = LazyLock::new(|| {
    // Weights lie as the kernel wants them: it need not copy them for each product.
    gemm_common::gemm::set_lhs_packing_threshold_single_thread(usize::MAX);
    match env::var("KILDE_CPU").as_deref() {
        Ok("portable") => Processor::Portable,
        _ => Processor::Detected,
    }
});
static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);

/// The processor to compute for: the one at hand, unless the environment says `KILDE_CPU=portable`.
pub(crate) fn processor() -> Processor {
    #[cfg(test)]
    if let Some(forced) = tests::FORCED.get() {
        return forced;
    }
    *PROCESSOR
}

/// Runs `loops` in the version that is best for the processor. Whatever it calls must be inlined to gain from it.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "the loops are compiled anew for each processor only if they are inlined"
)]
pub(crate) fn vectorized<R>(loops: impl FnOnce() -> R) -> R {
    match processor() {
        Processor::Detected => ARCH.dispatch(loops),
        #[cfg(all(test, target_arch = "x86_64"))]
        Processor::Avx2 => tests::avx2()
            .map_or_else(Arch::new, Arch::V3)
            .dispatch(loops),
        Processor::Portable => loops(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// What the loops of this thread run as, whatever the processor can do.
        pub(super) static FORCED: Cell<Option<Processor>> = const { Cell::new(None) };
    }

    #[cfg(target_arch = "x86_64")]
    pub(super) fn avx2() -> Option<pulp::x86::V3> {
        pulp::x86::V3::try_new()
    }

    /// Every level that this processor can run, the plainest first.
    fn levels() -> Vec<Processor> {
        let mut levels = vec![Processor::Portable];
        #[cfg(target_arch = "x86_64")]
        levels.extend(avx2().map(|_| Processor::Avx2));
        levels.push(Processor::Detected);
        levels
    }

    /// What `run` gives at each level.
    pub(crate) fn at_each_level<T>(run: impl Fn() -> T) -> Vec<(Processor, T)> {
        let one = |level| {
            FORCED.set(Some(level));
            let given = run();
            FORCED.set(None);
            (level, given)
        };
        levels().into_iter().map(one).collect()
    }
}
