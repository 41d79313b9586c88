//! Reads the token-to-vector network from configuration and model file.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::attribute::Attribute;
use super::{Convolutions, FirstConvolution, Tok2Vec};
use crate::config::Config;
use crate::error::LoadError;
use crate::layers::convolution::Convolution;
use crate::layers::gemm::Weights;
use crate::layers::hash_embed::HashEmbed;
use crate::layers::maxout::{Maxout, load_parts};
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
        let mix_inputs = width * (embeddings.len() + usize::from(vectors.is_some()));
        let mix = Maxout::load(model, 0, mix_inputs, width, EMBED_PIECES)?;
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
        Ok(Self {
            id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
            embeddings,
            vectors,
            mix,
            first: FirstConvolution::load(model, window, width, pieces)?,
            convolutions,
            window,
            width,
        })
    }
}

impl FirstConvolution {
    fn load(model: &Model, window: usize, width: usize, pieces: usize) -> Result<Self, LoadError> {
        let places = 2 * window + 1;
        let (weights, finish) = load_parts(model, 1, width * places, width, pieces)?;
        let mut by_place = Vec::with_capacity(weights.len());
        for place in 0..places {
            for row in weights.chunks_exact(width * places) {
                by_place.extend_from_slice(&row[place * width..(place + 1) * width]);
            }
        }
        let weights = Weights::new(&by_place, width);
        Ok(Self { weights, finish })
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
