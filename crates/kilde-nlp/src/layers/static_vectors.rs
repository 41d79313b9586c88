//! Pretrained word vectors (`vocab/vectors`, `vocab/key2row`) and the learned projection that brings them to the network's width.
//! The product of the whole table with the projection is made once, when loading: it is a third as large and costs nothing per token.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::gemm::{Rows, Weights};
use crate::error::{LoadError, read_file};
use crate::model::{Model, floats};

/// The word vectors of a pipeline.
#[derive(Debug)]
pub(crate) struct Vectors {
    data: Vec<f32>,
    width: usize,
    rows: Arc<FxHashMap<u64, u32>>,
}

/// The vectors after a network's projection.
#[derive(Debug)]
pub(crate) struct StaticVectors {
    projected: Vec<f32>,
    stride: usize,
    rows: Arc<FxHashMap<u64, u32>>,
}

impl Vectors {
    /// Reads the vectors of the pipeline directory `folder`.
    pub(crate) fn load(folder: &Path) -> Result<Self, LoadError> {
        let (data, count, width) = read_table(&folder.join("vocab").join("vectors"))?;
        let path = folder.join("vocab").join("key2row");
        let bytes = read_file(&path)?;
        let rows: FxHashMap<u64, u32> = rmp_serde::from_slice(&bytes)
            .map_err(|error| LoadError::malformed(&path, error.to_string()))?;
        if rows.values().any(|row| *row as usize >= count) {
            return Err(LoadError::malformed(
                &path,
                format!("a row beyond the {count} of the table"),
            ));
        }
        let rows = Arc::new(rows);
        Ok(Self { data, width, rows })
    }
}

impl StaticVectors {
    /// Projects the vectors with the model's weights to rows of `width` numbers.
    pub(crate) fn load(model: &Model, vectors: &Vectors, width: usize) -> Result<Self, LoadError> {
        let node = model.node("static_vectors", 0)?;
        let weights = model.param(node, "W", &[width, vectors.width])?;
        let weights = Weights::new(&weights, vectors.width);
        let input = Rows::dense(&vectors.data, vectors.width);
        let mut projected = vec![0.0; input.count * weights.stride()];
        weights.multiply(input, &mut projected);
        Ok(Self {
            projected,
            stride: weights.stride(),
            rows: Arc::clone(&vectors.rows),
        })
    }

    /// Writes the projected vector of the word with that hash into `out`; zeros for an unknown word.
    pub(crate) fn embed(&self, orth: u64, out: &mut [f32]) {
        match self.rows.get(&orth) {
            Some(row) => {
                let start = *row as usize * self.stride;
                out.copy_from_slice(&self.projected[start..start + out.len()]);
            }
            None => out.fill(0.0),
        }
    }
}

/// Reads a two-dimensional numpy file of 32-bit floats: numbers, rows, width.
fn read_table(path: &Path) -> Result<(Vec<f32>, usize, usize), LoadError> {
    let bytes = read_file(path)?;
    let wrong = |what: &str| LoadError::malformed(path, what);
    let header_at = match bytes.get(..8) {
        Some(b"\x93NUMPY\x01\x00") => 10,
        Some(b"\x93NUMPY\x02\x00") => 12,
        _ => return Err(wrong("it is no numpy file of version 1 or 2")),
    };
    let length = bytes
        .get(8..header_at)
        .ok_or_else(|| wrong("the header is cut off"))?;
    let length = length
        .iter()
        .rev()
        .fold(0_usize, |length, byte| length << 8 | usize::from(*byte));
    let header = bytes
        .get(header_at..header_at + length)
        .and_then(|header| std::str::from_utf8(header).ok());
    let header = header.ok_or_else(|| wrong("the header is cut off"))?;
    if !header.contains("'<f4'") || !header.contains("'fortran_order': False") {
        return Err(wrong("it holds no 32-bit floats in row-major order"));
    }
    let shape = header
        .split_once("'shape': (")
        .and_then(|(_, rest)| rest.split_once(')'));
    let sizes: Vec<usize> = shape
        .map_or("", |(shape, _)| shape)
        .split(',')
        .filter_map(|size| size.trim().parse().ok())
        .collect();
    let [rows, width] = sizes[..] else {
        return Err(wrong("it is no table"));
    };
    let data = &bytes[header_at + length..];
    if width == 0
        || rows
            .checked_mul(width)
            .and_then(|count| count.checked_mul(4))
            != Some(data.len())
    {
        return Err(wrong("its length does not fit its shape"));
    }
    Ok((floats(data), rows, width))
}
