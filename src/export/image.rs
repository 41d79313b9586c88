//! PNG and PDF, drawn by Graphviz. Unlike SVG there is no plain layout to fall back on.

use std::{io::Write, time::Duration};

use super::{ExportError, Picture, svg};
use crate::graph::Graph;

/// A kind of image that Graphviz draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Image {
    /// Pixels, 96 to the inch.
    Png,
    /// A page.
    Pdf,
}

/// Writes the graph as an image. `program` is Graphviz's `dot`, by name or path; it may take up to `patience`.
///
/// # Errors
/// If Graphviz is missing or fails, or the output cannot be written.
pub fn write(
    graph: &Graph,
    picture: &Picture<'_>,
    image: Image,
    program: &str,
    patience: Duration,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let (option, start): (_, &[u8]) = match image {
        // Cairo draws any script's letters that the machine has.
        Image::Png => ("-Tpng:cairo", b"\x89PNG"),
        Image::Pdf => ("-Tpdf", b"%PDF"),
    };
    let drawn = svg::draw(graph, picture, program, option, patience)?
        .map_err(|reason| ExportError::Graphviz { reason })?;
    if !drawn.starts_with(start) {
        let reason = format!("{program} wrote something else");
        return Err(ExportError::Graphviz { reason });
    }
    out.write_all(&drawn)?;
    Ok(out.flush()?)
}
