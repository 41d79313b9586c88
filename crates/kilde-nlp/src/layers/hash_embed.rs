//! Hash embedding: a 64-bit feature is hashed to four rows of a small table, and the rows are summed.

use crate::error::LoadError;
use crate::model::Model;

/// The largest table that is accepted, in rows; spaCy's have a few thousand.
const MAX_ROWS: usize = 1 << 24;

/// thinc's `HashEmbed`.
#[derive(Clone, Debug)]
pub(crate) struct HashEmbed {
    table: Vec<f32>,
    rows: u32,
    width: usize,
    seed: u32,
}

impl HashEmbed {
    /// Reads the table for the feature at `column`.
    pub(crate) fn load(
        model: &Model,
        column: usize,
        rows: usize,
        width: usize,
    ) -> Result<Self, LoadError> {
        let node = model
            .named("hashembed")
            .find(|node| node.attr("column") == Some(column as u64));
        let node =
            node.ok_or_else(|| model.wrong(format!("there is no embedding of feature {column}")))?;
        let seed = node.attr("seed").and_then(|seed| u32::try_from(seed).ok());
        let count = u32::try_from(rows)
            .ok()
            .filter(|_| (1..=MAX_ROWS).contains(&rows));
        Ok(Self {
            table: model.param(node, "E", &[rows, width])?,
            rows: count.ok_or_else(|| model.wrong(format!("an embedding of {rows} rows")))?,
            width,
            seed: seed.ok_or_else(|| {
                model.wrong(format!("the embedding of feature {column} has no seed"))
            })?,
        })
    }

    /// Writes the embedding of `feature` into `out`, which has the table's width.
    pub(crate) fn embed(&self, feature: u64, out: &mut [f32]) {
        let [a, b, c, d] = hash(feature, self.seed).map(|hash| {
            let start = (hash % self.rows) as usize * self.width;
            &self.table[start..start + self.width]
        });
        for ((((number, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *number = ((a + b) + c) + d;
        }
    }
}

/// thinc's `MurmurHash3_x86_128_uint64` (which is the x64 variant, in spite of its name).
fn hash(value: u64, seed: u32) -> [u32; 4] {
    let mut first = value
        .wrapping_mul(0x87c3_7b91_1142_53d5)
        .rotate_left(31)
        .wrapping_mul(0x4cf5_ad43_2745_937f);
    first ^= u64::from(seed) ^ 8;
    let mut second = u64::from(seed) ^ 8;
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    first = mix(first);
    second = mix(second);
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    [low(first), low(first >> 32), low(second), low(second >> 32)]
}

fn mix(mut value: u64) -> u64 {
    value ^= value >> 33;
    value = value.wrapping_mul(0xff51_afd7_ed55_8ccd);
    value ^= value >> 33;
    value = value.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    value ^ value >> 33
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the lower half is what is wanted"
)]
fn low(value: u64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of thinc's `NumpyOps.hash`.
    #[test]
    fn hashes_as_thinc() {
        assert_eq!(hash(0, 8), [0; 4]);
        assert_eq!(
            hash(1, 8),
            [1_161_550_108, 2_247_783_286, 1_742_325_162, 1_224_191_281]
        );
        assert_eq!(
            hash(u64::MAX, 8),
            [2_488_739_950, 2_974_852_181, 1_585_626_277, 2_314_794_624]
        );
        assert_eq!(
            hash(123_456_789_012_345, 9),
            [2_125_193_657, 240_813_722, 2_087_036_109, 660_496_281]
        );
    }

    #[test]
    fn sums_four_rows() {
        let embed = HashEmbed {
            table: vec![1.0, 10.0, 2.0, 20.0, 3.0, 30.0],
            rows: 3,
            width: 2,
            seed: 8,
        };
        let mut out = [0.0; 2];
        embed.embed(1, &mut out);
        // The hashes of 1 are 1, 1, 0, 1 modulo 3.
        assert_eq!(hash(1, 8).map(|hash| hash % 3), [1, 1, 0, 1]);
        assert!((out[0] - 7.0).abs() < 1e-6 && (out[1] - 70.0).abs() < 1e-5);
    }
}
