//! The token-to-vector network: hash embeddings of lexical features (and static vectors) mixed by a maxout, then convolutions
//! with residual connections over the tokens of each document. Takes the tokens of several documents, gives one row per token.
//!
//! spaCy puts `pad` rows of zeros before, between and after documents and lets the convolution run over them: they become
//! non-zero and reach the tokens at the edges. The same is done here. As there are as many pad rows as convolutions, no document
//! reaches its neighbour, and results do not depend on which documents are computed together.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::batch::Batch;
use crate::config::Config;
use crate::error::LoadError;
use crate::layers::gemm::Rows;
use crate::layers::hash_embed::HashEmbed;
use crate::layers::linear::add;
use crate::layers::maxout::Maxout;
use crate::layers::static_vectors::{StaticVectors, Vectors};
use crate::lexeme::Lexeme;
use crate::model::Model;

/// The pieces of the mixing maxout, which `MultiHashEmbed` does not let one configure.
const EMBED_PIECES: usize = 3;
/// No real network is wider or deeper; keeps sizes from overflowing.
const MAX_SIZE: usize = 1 << 16;

/// A feature that is embedded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Lower,
    Orth,
    Spacy,
    IsSpace,
}

/// The network.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    embeddings: Vec<(Attribute, HashEmbed)>,
    vectors: Option<StaticVectors>,
    mix: Maxout,
    convolutions: Vec<Maxout>,
    window: usize,
    width: usize,
}

/// Buffers that are reused from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    features: Vec<f32>,
    products: Vec<f32>,
    distinct: FxHashMap<(usize, bool), usize>,
    order: Vec<usize>,
    padded: Vec<f32>,
}

impl Tok2Vec {
    /// Reads the network that `section` of the configuration describes (`components.NAME.model`, of `spacy.Tok2Vec`).
    pub(crate) fn load(
        config: &Config,
        component: &str,
        section: &str,
        model: &Model,
        vectors: Option<&Vectors>,
    ) -> Result<Self, LoadError> {
        let (embed, encode) = (format!("{section}.embed"), format!("{section}.encode"));
        expect_architecture(config, component, &embed, "spacy.MultiHashEmbed.v2")?;
        expect_architecture(config, component, &encode, "spacy.MaxoutWindowEncoder.v2")?;
        let width = size(config, &encode, "width")?;
        let embeddings = load_embeddings(config, component, &embed, model, width)?;
        let vectors = load_vectors(config, &embed, model, vectors, width)?;
        let mix_inputs = width * (embeddings.len() + usize::from(vectors.is_some()));
        let mix = Maxout::load(model, 0, mix_inputs, width, EMBED_PIECES)?;
        let (window, pieces) = (
            size(config, &encode, "window_size")?,
            size(config, &encode, "maxout_pieces")?,
        );
        let depth = size(config, &encode, "depth")?;
        let convolutions = (1..=depth)
            .map(|layer| Maxout::load(model, layer, width * (2 * window + 1), width, pieces));
        Ok(Self {
            embeddings,
            vectors,
            mix,
            convolutions: convolutions.collect::<Result<_, _>>()?,
            window,
            width,
        })
    }

    /// Numbers in a row of output.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Computes the rows of all tokens of `batch`, one document behind the other without gap.
    pub(crate) fn apply(&self, batch: &Batch, scratch: &mut Scratch, out: &mut Vec<f32>) {
        self.embed(batch, scratch);
        self.lay_out(batch, scratch);
        for convolution in &self.convolutions {
            self.convolve(convolution, scratch);
        }
        self.collect(batch, &scratch.padded, out);
    }

    /// Mixes the embeddings of each distinct token into the first rows of `scratch.products`; `scratch.order` tells each token's row.
    fn embed(&self, batch: &Batch, scratch: &mut Scratch) {
        scratch.distinct.clear();
        scratch.order.clear();
        scratch.features.clear();
        let row = self.mix.inputs();
        for (lexeme, space_after) in batch.tokens() {
            let next = scratch.distinct.len();
            let key = (Arc::as_ptr(lexeme).addr(), space_after);
            let index = *scratch.distinct.entry(key).or_insert(next);
            scratch.order.push(index);
            if index == next {
                scratch.features.resize((next + 1) * row, 0.0);
                self.write_features(lexeme, space_after, &mut scratch.features[next * row..]);
            }
        }
        self.mix
            .multiply(Rows::dense(&scratch.features, row), &mut scratch.products);
        for products in self.mix.products(&mut scratch.products) {
            self.mix.finish(products);
        }
    }

    fn write_features(&self, lexeme: &Lexeme, space_after: bool, out: &mut [f32]) {
        let mut columns = out.chunks_exact_mut(self.width);
        for ((attribute, embedding), column) in self.embeddings.iter().zip(&mut columns) {
            embedding.embed(attribute.of(lexeme, space_after), column);
        }
        if let Some((vectors, column)) = self.vectors.as_ref().zip(columns.next()) {
            vectors.embed(lexeme.orth, column);
        }
    }

    /// Copies the embedded tokens to `scratch.padded`: a window of zeros that stay zeros, then pad rows and documents.
    fn lay_out(&self, batch: &Batch, scratch: &mut Scratch) {
        let stride = self.mix.product_width();
        scratch.padded.clear();
        scratch
            .padded
            .resize(self.padded_rows(batch) * self.width, 0.0);
        let mut tokens = scratch.order.iter();
        for (start, length) in self.starts(batch) {
            let rows = &mut scratch.padded[start * self.width..(start + length) * self.width];
            for (row, index) in rows.chunks_exact_mut(self.width).zip(&mut tokens) {
                row.copy_from_slice(&scratch.products[index * stride..index * stride + self.width]);
            }
        }
    }

    /// One convolution and its residual connection, over everything but the outermost windows of zeros.
    fn convolve(&self, convolution: &Maxout, scratch: &mut Scratch) {
        let edge = self.window * self.width;
        let rows = (scratch.padded.len() / self.width).saturating_sub(2 * self.window);
        let windows = Rows {
            data: &scratch.padded,
            count: rows,
            width: convolution.inputs(),
            stride: self.width,
        };
        convolution.multiply(windows, &mut scratch.products);
        let inner = scratch.padded[edge..].chunks_exact_mut(self.width);
        for (row, products) in inner.zip(convolution.products(&mut scratch.products)) {
            add(row, convolution.finish(products));
        }
    }

    fn collect(&self, batch: &Batch, padded: &[f32], out: &mut Vec<f32>) {
        out.clear();
        for (start, length) in self.starts(batch) {
            out.extend_from_slice(&padded[start * self.width..(start + length) * self.width]);
        }
    }

    /// First row in the padded layout, and length, of each document. Empty documents get no padding, as in thinc.
    fn starts(&self, batch: &Batch) -> impl Iterator<Item = (usize, usize)> {
        let pad = self.pad();
        let filled = batch.lengths().filter(|length| *length > 0);
        filled.scan(self.window, move |next, length| {
            let start = *next + pad;
            *next = start + length;
            Some((start, length))
        })
    }

    fn padded_rows(&self, batch: &Batch) -> usize {
        let last = self.starts(batch).last();
        last.map_or(0, |(start, length)| {
            start + length + self.pad() + self.window
        })
    }

    /// spaCy pads by the receptive field.
    fn pad(&self) -> usize {
        self.window * self.convolutions.len()
    }
}

impl Attribute {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "LOWER" => Self::Lower,
            "ORTH" => Self::Orth,
            "SPACY" => Self::Spacy,
            "IS_SPACE" => Self::IsSpace,
            _ => return None,
        })
    }

    fn of(self, lexeme: &Lexeme, space_after: bool) -> u64 {
        match self {
            Self::Norm => lexeme.norm,
            Self::Prefix => lexeme.prefix,
            Self::Suffix => lexeme.suffix,
            Self::Shape => lexeme.shape,
            Self::Lower => lexeme.lower,
            Self::Orth => lexeme.orth,
            Self::Spacy => u64::from(space_after),
            Self::IsSpace => u64::from(lexeme.is_space),
        }
    }
}

/// Refuses a section whose `@architectures` is not `known`.
pub(crate) fn expect_architecture(
    config: &Config,
    component: &str,
    section: &str,
    known: &str,
) -> Result<(), LoadError> {
    expect_registered(config, component, section, "@architectures", known)
}

/// Refuses a section whose `registry` (the key that names the function that spaCy would call) is not `known`.
pub(crate) fn expect_registered(
    config: &Config,
    component: &str,
    section: &str,
    registry: &str,
    known: &str,
) -> Result<(), LoadError> {
    let found = config.text(section, registry)?;
    if found == known {
        return Ok(());
    }
    Err(LoadError::Unsupported {
        component: component.to_owned(),
        what: format!("'{found}' ([{section}] {registry})"),
        path: config.path().to_owned(),
    })
}

/// A size of the network, within reason.
pub(crate) fn size(config: &Config, section: &str, key: &str) -> Result<usize, LoadError> {
    let number = config.number(section, key)?;
    if (1..=MAX_SIZE).contains(&number) {
        return Ok(number);
    }
    Err(LoadError::malformed(
        config.path(),
        format!("{section}.{key} = {number} is no size of a network"),
    ))
}

fn load_embeddings(
    config: &Config,
    component: &str,
    section: &str,
    model: &Model,
    width: usize,
) -> Result<Vec<(Attribute, HashEmbed)>, LoadError> {
    let names = config.texts(section, "attrs")?;
    let rows: Vec<usize> = serde_json::from_value(config.get(section, "rows")?).unwrap_or_default();
    if names.len() != rows.len() || size(config, section, "width")? != width {
        return Err(LoadError::malformed(
            config.path(),
            format!("[{section}]: attrs, rows and width do not fit together"),
        ));
    }
    let listed = model
        .named("extract_features")
        .next()
        .and_then(|node| node.attr_texts("columns"));
    if listed.is_some_and(|listed| listed != names) {
        return Err(model.wrong(format!("its features are others than those of [{section}]")));
    }
    let pairs = names.iter().zip(rows).enumerate();
    pairs
        .map(|(column, (name, rows))| {
            let attribute = Attribute::parse(name).ok_or_else(|| LoadError::Unsupported {
                component: component.to_owned(),
                what: format!("the feature '{name}'"),
                path: config.path().to_owned(),
            })?;
            Ok((attribute, HashEmbed::load(model, column, rows, width)?))
        })
        .collect()
}

fn load_vectors(
    config: &Config,
    section: &str,
    model: &Model,
    vectors: Option<&Vectors>,
    width: usize,
) -> Result<Option<StaticVectors>, LoadError> {
    if !config.flag(section, "include_static_vectors", false)? {
        return Ok(None);
    }
    let vectors = vectors.ok_or_else(|| LoadError::Missing {
        path: Path::new("vocab").join("vectors"),
        next: "use a pipeline that comes with word vectors".to_owned(),
    })?;
    StaticVectors::load(model, vectors, width).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::tests::{bokmaal, context};
    use crate::pipeline::batch_of;
    use crate::tokenizer::Tokenizer;

    /// The first three numbers of each row that spaCy gives for these texts with the pipeline `models/nb`.
    const EXPECTED: [[f32; 3]; 12] = [
        [-3.32983, 3.84982, -0.94931],
        [1.39897, 0.34324, -1.29732],
        [-2.22795, -2.40979, 1.33445],
        [-0.386, -1.58247, 0.09226],
        [0.014, -3.20155, 5.96209],
        [1.6475, -3.4036, 0.99496],
        [-0.36819, -5.40694, 0.22558],
        [-7.05552, -3.11823, 2.69932],
        [-0.87288, 0.40458, 0.68127],
        [4.19495, 2.70975, -0.50688],
        [-1.14449, -4.24105, 0.59204],
        [-0.91581, -4.30298, 0.20007],
    ];

    #[test]
    fn equals_spacy() {
        let folder = bokmaal();
        let config = Config::load(&folder).unwrap();
        let model = Model::read(&folder.join("tok2vec")).unwrap();
        let section = "components.tok2vec.model";
        let network = Tok2Vec::load(
            context(&config, &folder).config,
            "tok2vec",
            section,
            &model,
            None,
        )
        .unwrap();
        let tokenizer = Tokenizer::load(&folder, "nb").unwrap();
        let batch = batch_of(
            &tokenizer,
            &["Kari kjøpte to bøker i Bergen.", "", "Hun leste  dem."],
        );
        let mut rows = Vec::new();
        network.apply(&batch, &mut Scratch::default(), &mut rows);
        assert_eq!(rows.len(), EXPECTED.len() * network.width());
        for (row, expected) in rows.chunks_exact(network.width()).zip(EXPECTED) {
            for (number, expected) in row.iter().zip(expected) {
                assert!((number - expected).abs() < 1e-4, "{number} {expected}");
            }
        }
    }
}
