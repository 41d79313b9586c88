//! The matrix product, the one place of this crate with `unsafe` code: it calls the kernel of `matrixmultiply` after checking that
//! all three matrices lie within their slices. A row of the result depends on its own row of the input alone, never on how many
//! rows are computed together, so that batching cannot change a decision.

/// A matrix of inputs: `rows` rows of `width` numbers, the next row starting `stride` numbers further on. With a stride smaller
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

    /// How many numbers the rows reach over.
    fn reach(&self) -> usize {
        if self.count == 0 {
            0
        } else {
            (self.count - 1) * self.stride + self.width
        }
    }
}

/// `out = input * weights^T`: `weights` holds one row of `input.width` numbers per output; `out` gets `input.count` dense rows.
///
/// # Panics
/// When a matrix does not lie within its slice: the layers check their shapes when they are loaded, so that cannot come from input.
pub(crate) fn product(input: Rows<'_>, weights: &[f32], out: &mut [f32]) {
    let outputs = weights.len() / input.width.max(1);
    assert!(
        input.reach() <= input.data.len(),
        "the input's rows end after its data"
    );
    assert_eq!(
        weights.len(),
        outputs * input.width,
        "the weights are no whole number of rows"
    );
    assert_eq!(
        out.len(),
        input.count * outputs,
        "the output has another size than the product"
    );
    if out.is_empty() {
        return;
    }
    #[expect(
        clippy::cast_possible_wrap,
        reason = "no slice is longer than isize::MAX"
    )]
    let (stride, width, columns) = (
        input.stride as isize,
        input.width as isize,
        outputs as isize,
    );
    #[expect(
        unsafe_code,
        reason = "the kernel takes pointers; the assertions above hold what it reads and writes within the slices"
    )]
    // SAFETY: element (i, k) of the input is at i * stride + k < reach() <= len; weights and output are dense and have exactly
    // the sizes asserted; the output is borrowed mutably, so it overlaps neither input.
    unsafe {
        matrixmultiply::sgemm(
            input.count,
            input.width,
            outputs,
            1.0,
            input.data.as_ptr(),
            stride,
            1,
            weights.as_ptr(),
            1,
            width,
            0.0,
            out.as_mut_ptr(),
            columns,
            1,
        );
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

    #[test]
    fn multiplies() {
        let mut out = [0.0; 4];
        product(
            Rows::dense(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3),
            &[1.0, 0.0, 1.0, 0.5, 1.0, 0.0],
            &mut out,
        );
        assert_eq!(
            out.map(f32::to_bits),
            [4.0_f32, 2.5, 10.0, 7.0].map(f32::to_bits)
        );
    }

    #[test]
    fn windows_overlap() {
        let input = Rows {
            data: &[0.0, 1.0, 2.0, 3.0, 0.0],
            count: 3,
            width: 3,
            stride: 1,
        };
        let mut out = [0.0; 3];
        product(input, &[100.0, 10.0, 1.0], &mut out);
        assert_eq!(
            out.map(f32::to_bits),
            [12.0_f32, 123.0, 230.0].map(f32::to_bits)
        );
    }

    #[test]
    fn a_row_does_not_depend_on_its_neighbours() {
        let (width, outputs, rows) = (288, 90, 67);
        let (input, weights) = (numbers(rows * width), numbers(outputs * width));
        let mut all = vec![0.0; rows * outputs];
        product(Rows::dense(&input, width), &weights, &mut all);
        for first in [0, 1, 5, 31, 66] {
            for count in [1, 2, 3, 7, 8, 9, 30] {
                let end = rows.min(first + count);
                let mut part = vec![0.0; (end - first) * outputs];
                product(
                    Rows::dense(&input[first * width..end * width], width),
                    &weights,
                    &mut part,
                );
                assert_eq!(
                    part,
                    all[first * outputs..end * outputs],
                    "rows {first}..{end}"
                );
            }
        }
    }
}
