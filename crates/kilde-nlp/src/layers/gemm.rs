//! The matrix product, the one place of this crate with `unsafe` code: it calls the kernel of `gemm-f32` after checking that all
//! three matrices lie within their slices. The kernel for AVX-512, AVX2 or neither is chosen at run time. A row of the result
//! depends on its own row of the input alone, never on how many rows are computed together, so that batching cannot change a
//! decision.
//!
//! Weights are laid out once, when loaded, so that the kernel reads them as they lie, one number behind the other: in panels of
//! outputs, each with one line of outputs per input. Rows are computed [`BLOCK`] at a time: for so few the kernel copies
//! neither weights nor input, and always sums in the same order.

use super::vectors::{Processor, processor};

/// Rows that are computed at once: enough to use the weights well, few enough for results to stay in the fastest cache.
pub(crate) const BLOCK: usize = 60;
/// Numbers in the longest vector of a processor that is known.
const LANES: usize = 16;
/// Outputs that the kernel computes at once.
const PANEL: usize = 64;

/// A matrix of inputs: `count` rows of `width` numbers, the next row starting `stride` numbers further on. With a stride smaller
/// than the width, rows overlap: this is how a convolution's windows are read without being copied.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    /// The numbers.
    pub(crate) data: &'a [f32],
    /// How many rows.
    pub(crate) count: usize,
    /// Numbers in a row.
    pub(crate) width: usize,
    /// Distance between the starts of two rows.
    pub(crate) stride: usize,
}

/// The weights of a layer, laid out for the kernel.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// For each panel of outputs, one line of weights per input.
    panels: Vec<f32>,
    width: usize,
    /// The outputs, filled up to whole vectors.
    stride: usize,
}

impl<'a> Rows<'a> {
    /// Rows that lie one behind the other without gap.
    pub(crate) fn dense(data: &'a [f32], width: usize) -> Self {
        Self {
            data,
            count: data.len() / width.max(1),
            width,
            stride: width,
        }
    }

    /// The rows in blocks, with the number of the first row of each.
    pub(crate) fn blocks(self) -> impl Iterator<Item = (usize, Rows<'a>)> {
        (0..self.count).step_by(BLOCK).map(move |first| {
            let block = Rows {
                data: &self.data[first * self.stride..],
                count: BLOCK.min(self.count - first),
                ..self
            };
            (first, block)
        })
    }

    /// How many numbers the rows reach over.
    fn reach(&self) -> usize {
        if self.count == 0 {
            0
        } else {
            (self.count - 1) * self.stride + self.width
        }
    }
}

impl Weights {
    /// Lays out `rows`, one row of `width` numbers per output.
    pub(crate) fn new(rows: &[f32], width: usize) -> Self {
        let outputs = rows.len() / width.max(1);
        let stride = outputs.next_multiple_of(LANES);
        let mut panels = vec![0.0; width * stride];
        let rows = rows.chunks(PANEL * width.max(1));
        for (panel, rows) in panels.chunks_mut(PANEL * width.max(1)).zip(rows) {
            let lines = panel.len() / width;
            for (output, row) in rows.chunks_exact(width).enumerate() {
                for (line, weight) in panel.chunks_exact_mut(lines).zip(row) {
                    line[output] = *weight;
                }
            }
        }
        Self {
            panels,
            width,
            stride,
        }
    }

    /// Numbers in a row of input.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Distance between two rows of a product: the outputs, filled up with zeros.
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// Multiplies all rows of `input` into `out`, rows of [`Weights::stride`] numbers.
    ///
    /// # Panics
    /// When a matrix does not lie within its slice: layers check their shapes when loaded, so that cannot come from input.
    pub(crate) fn multiply(&self, input: Rows<'_>, out: &mut [f32]) {
        assert_eq!(out.len(), input.count * self.stride, "size of the product");
        let outs = out.chunks_mut(BLOCK * self.stride.max(1));
        for ((_, block), out) in input.blocks().zip(outs) {
            self.multiply_block(block, out);
        }
    }

    /// Multiplies a block of rows.
    ///
    /// # Panics
    /// As [`Weights::multiply`].
    pub(crate) fn multiply_block(&self, input: Rows<'_>, out: &mut [f32]) {
        assert_eq!(input.width, self.width, "width of the input");
        assert!(
            input.reach() <= input.data.len(),
            "the input's rows end after its data"
        );
        assert_eq!(out.len(), input.count * self.stride, "size of the product");
        if out.is_empty() || self.width == 0 {
            return;
        }
        match (processor(), input.count) {
            (Processor::Portable, _) => self.multiply_portably(input, out),
            (_, 1) => self.multiply_single(input, out),
            _ => self.call_kernel(input, out),
        }
    }

    /// The same in plain Rust.
    fn multiply_portably(&self, input: Rows<'_>, out: &mut [f32]) {
        let starts = (0..input.count).map(|row| row * input.stride);
        for (start, out) in starts.zip(out.chunks_exact_mut(self.stride)) {
            out.fill(0.0);
            let row = &input.data[start..start + input.width];
            for (panel, out) in self.panels().zip(out.chunks_mut(PANEL)) {
                for (number, line) in row.iter().zip(panel.chunks_exact(out.len())) {
                    for (sum, weight) in out.iter_mut().zip(line) {
                        *sum += number * weight;
                    }
                }
            }
        }
    }

    /// A single row is computed twice, because for one alone the kernel would sum in another order.
    fn multiply_single(&self, input: Rows<'_>, out: &mut [f32]) {
        let twice = Rows {
            count: 2,
            stride: 0,
            ..input
        };
        let mut both = vec![0.0; 2 * self.stride];
        self.call_kernel(twice, &mut both);
        out.copy_from_slice(&both[..self.stride]);
    }

    /// Calls the kernel, for which our rows are columns.
    #[expect(
        clippy::cast_possible_wrap,
        reason = "no slice is longer than isize::MAX"
    )]
    fn call_kernel(&self, input: Rows<'_>, out: &mut [f32]) {
        assert!(input.reach() <= input.data.len() && out.len() == input.count * self.stride);
        let multiply = gemm_f32::gemm::f32::get_gemm_fn();
        for (panel, first) in self.panels().zip((0..self.stride).step_by(PANEL)) {
            let outputs = PANEL.min(self.stride - first);
            assert!(panel.len() == self.width * outputs && first + outputs <= self.stride);
            #[expect(
                unsafe_code,
                reason = "the kernel takes pointers; assertions hold what it reads and writes within the slices"
            )]
            // SAFETY: element (i, k) of the input is at i * stride + k < reach() <= len. The panel has `width` lines of
            // `outputs` numbers. The output has `count` rows of `stride` numbers, of which `outputs` from `first` on are
            // written; it is borrowed mutably, so it overlaps neither of the others.
            unsafe {
                multiply(
                    outputs,
                    input.count,
                    self.width,
                    out.as_mut_ptr().add(first),
                    self.stride as isize,
                    1,
                    false,
                    panel.as_ptr(),
                    outputs as isize,
                    1,
                    input.data.as_ptr(),
                    input.stride as isize,
                    1,
                    0.0,
                    1.0,
                    false,
                    false,
                    false,
                    gemm_common::Parallelism::None,
                );
            }
        }
    }

    fn panels(&self) -> impl Iterator<Item = &[f32]> {
        self.panels.chunks(PANEL * self.width.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, and are the same each time.
    fn numbers(count: usize) -> Vec<f32> {
        (0..count)
            .map(|i| ((i * 7919 + 13) % 1009) as f32 / 504.5 - 1.0)
            .collect()
    }

    fn product(input: Rows<'_>, weights: &Weights, outputs: usize) -> Vec<f32> {
        let mut out = vec![f32::NAN; input.count * weights.stride()];
        weights.multiply(input, &mut out);
        let rows = out.chunks_exact(weights.stride());
        rows.flat_map(|row| &row[..outputs]).copied().collect()
    }

    #[test]
    fn multiplies() {
        let weights = Weights::new(&[1.0, 0.0, 1.0, 0.5, 1.0, 0.0], 3);
        let out = product(Rows::dense(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3), &weights, 2);
        assert_eq!(out, [4.0, 2.5, 10.0, 7.0]);
    }

    #[test]
    fn windows_overlap() {
        let input = Rows {
            data: &[0.0, 1.0, 2.0, 3.0, 0.0],
            count: 3,
            width: 3,
            stride: 1,
        };
        let weights = Weights::new(&[100.0, 10.0, 1.0], 3);
        assert_eq!(product(input, &weights, 1), [12.0, 123.0, 230.0]);
    }

    #[test]
    fn plain_rust_gives_nearly_the_same() {
        let (width, outputs, rows) = (288, 90, 9);
        let (input, rows_of_weights) = (numbers(rows * width), numbers(outputs * width));
        let weights = Weights::new(&rows_of_weights, width);
        let input = Rows::dense(&input, width);
        let mut out = vec![f32::NAN; rows * weights.stride()];
        weights.multiply_portably(input, &mut out);
        let mut other = vec![f32::NAN; rows * weights.stride()];
        weights.call_kernel(input, &mut other);
        for (one, other) in out.iter().zip(&other) {
            assert!((one - other).abs() < 1e-3, "{one} {other}");
        }
    }

    #[test]
    fn a_row_does_not_depend_on_its_neighbours() {
        // Also widths at which the kernel sums in parts.
        for (width, outputs) in [
            (96, 50),
            (96, 864),
            (64, 1024),
            (288, 288),
            (576, 288),
            (672, 288),
            (1400, 40),
            (1400, 90),
        ] {
            let rows = 150;
            let (input, weights) = (numbers(rows * width), numbers(outputs * width));
            let weights = Weights::new(&weights, width);
            let all = product(Rows::dense(&input, width), &weights, outputs);
            for first in [0, 1, 5, 31, 66, 149] {
                for count in (1..12).chain([30, 63, 64, 65, 149]) {
                    let end = rows.min(first + count);
                    let part = Rows::dense(&input[first * width..end * width], width);
                    assert_eq!(
                        product(part, &weights, outputs),
                        all[first * outputs..end * outputs],
                        "{width} {outputs}: rows {first}..{end}"
                    );
                }
            }
        }
    }
}
