//! Grammar and mentions to claims: frames decide relation and roles, then factuality, speaker, time and place.

mod attach;
mod events;
mod factuality;
pub mod frames;
mod inflection;
mod load;
mod matching;
mod offices;
mod place;
mod scene;
mod time;
mod tree;

pub use events::code as event_code;
pub use frames::Lexicon;
pub use load::FrameError;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    claim::{Claim, Entity, Mention, Name},
    document::Article,
    grammar::Paragraph,
    ontology::Ontology,
};
use matching::Context;

/// All claims of an article, in the order of the text, not yet checked (`resolve` does that) and without ids.
#[must_use]
pub fn extract(
    article: &Article,
    paragraphs: &[Paragraph],
    entities: &[Entity],
    mentions: &[Mention],
    lexicon: &Lexicon,
    ontology: &Ontology,
) -> Vec<Claim> {
    let Some(frames) = lexicon.of(article.lang) else {
        return vec![];
    };
    let kinds: BTreeMap<&str, &str> = entities
        .iter()
        .map(|entity| (&*entity.id, &*entity.kind))
        .collect();
    let is_place = |entity: &&Entity| {
        ontology.is_a(&entity.kind, "Place") || ontology.is_a(&entity.kind, "State")
    };
    let places: BTreeSet<Name> = entities
        .iter()
        .filter(is_place)
        .map(|entity| entity.id.clone())
        .collect();
    let mut claims = vec![];
    for paragraph in paragraphs {
        let paragraph = frames.mend(paragraph);
        let scene = scene::Scene::new(&paragraph, mentions, frames, &places);
        let dates = time::dates(&scene, article, frames);
        let context = Context {
            article,
            scene: &scene,
            frames,
            ontology,
            kinds: &kinds,
            dates: &dates,
        };
        claims.extend(matching::claims(&context));
        claims.extend(attach::claims(&context));
    }
    claims
}
