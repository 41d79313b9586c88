//! Reads the token-to-vector network from configuration and model file.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::attribute::Attribute;
use super::words::{Column, Source, Words};
use super::{Convolutions, Tok2Vec};
use crate::config::Config;
use crate::error::LoadError;
use crate::layers::convolution::Convolution;
use crate::layers::gemm::Weights;
use crate::layers::hash_embed::HashEmbed;
use crate::layers::maxout::{Finish, Maxout, load_parts};
use crate::layers::static_vectors::{StaticVectors, Vectors};
use crate::model::Model;

/// The pieces of the mixing maxout, which `MultiHashEmbed` does not let one configure.
const EMBED_PIECES: usize = 3;
/// No real network is wider or deeper; keeps sizes from overflowing.
const MAX_SIZE: usize = 1 << 16;

static NEXT_ID: AtomicUsize = AtomicUsize::new(0);

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
        let sources = embeddings
            .into_iter()
            .map(|(attribute, table)| Source::Feature(attribute, table))
            .chain(vectors.map(Source::Vectors))
            .collect();
        let (columns, mix) = load_columns(model, sources, width)?;
        let (window, pieces) = (
            size(config, &encode, "window_size")?,
            size(config, &encode, "maxout_pieces")?,
        );
        let depth = size(config, &encode, "depth")?;
        let further = 2..=depth;
        let convolutions = if window == 1 {
            let load = |layer| Convolution::load(model, layer, width, pieces);
            Convolutions::Narrow(further.map(load).collect::<Result<_, _>>()?)
        } else {
            let inputs = width * (2 * window + 1);
            let load = |layer| Maxout::load(model, layer, inputs, width, pieces);
            Convolutions::Wide(further.map(load).collect::<Result<_, _>>()?)
        };
        let (shares, first) = load_first(model, window, width, pieces)?;
        Ok(Self {
            id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
            words: Words {
                columns,
                mix,
                shares,
                width,
            },
            nothing: vec![0.0; first.products()],
            first,
            convolutions,
            window,
            width,
        })
    }
}

/// The mix of the embeddings, taken apart into one product for each.
fn load_columns(
    model: &Model,
    sources: Vec<Source>,
    width: usize,
) -> Result<(Vec<Column>, Finish), LoadError> {
    let inputs = width * sources.len();
    let (weights, finish) = load_parts(model, 0, inputs, width, EMBED_PIECES)?;
    let columns = sources.into_iter().enumerate().map(|(place, source)| {
        let weights = Weights::new(&column(&weights, inputs, place, width), width);
        Column { source, weights }
    });
    Ok((columns.collect(), finish))
}

/// The first convolution, taken apart: one block of outputs for each place in the window, and what follows their sum.
fn load_first(
    model: &Model,
    window: usize,
    width: usize,
    pieces: usize,
) -> Result<(Weights, Finish), LoadError> {
    let inputs = width * (2 * window + 1);
    let (weights, finish) = load_parts(model, 1, inputs, width, pieces)?;
    let places = 0..=2 * window;
    let by_place: Vec<f32> = places
        .flat_map(|place| column(&weights, inputs, place, width))
        .collect();
    Ok((Weights::new(&by_place, width), finish))
}

/// Of rows of `inputs` weights, those for the inputs at `place`, counted in columns of `width`.
fn column(weights: &[f32], inputs: usize, place: usize, width: usize) -> Vec<f32> {
    let rows = weights.chunks_exact(inputs);
    rows.flat_map(|row| &row[place * width..(place + 1) * width])
        .copied()
        .collect()
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
