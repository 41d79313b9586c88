//! Grammar and mentions to claims: frames decide relation and roles, then factuality, speaker, time and place.

mod arguments;
mod attach;
mod clauses;
mod events;
mod factuality;
pub mod frames;
mod inflection;
mod joins;
mod load;
mod matching;
mod mend;
mod offices;
mod place;
mod propose;
mod scene;
mod time;
mod tree;

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
    let ids = |admitted: &dyn Fn(&&Entity) -> bool| -> BTreeSet<Name> {
        let found = entities.iter().filter(admitted);
        found.map(|entity| entity.id.clone()).collect()
    };
    let places = ids(&is_place);
    let persons = ids(&|entity| ontology.is_a(&entity.kind, "Person"));
    let classes = scene::Classes { places, persons };
    let mut claims = vec![];
    for paragraph in paragraphs {
        let paragraph = frames.mend(paragraph, mentions);
        let scene = scene::Scene::new(&paragraph, mentions, frames, &classes);
        let dates = time::dates(&scene, article, frames);
        let context = Context {
            article,
            scene: &scene,
            frames,
            ontology,
            kinds: &kinds,
            dates: &dates,
        };
        let mut told = matching::claims(&context);
        told.extend(attach::claims(&context));
        let proposed = propose::claims(&context, &told);
        claims.extend(told);
        claims.extend(proposed);
    }
    claims
}
