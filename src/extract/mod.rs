//! Grammar and mentions to claims: frames decide relation and roles, then factuality, speaker, time and place.

mod answers;
mod arguments;
mod attach;
mod backoff;
mod beside;
mod clauses;
mod compounds;
mod coverage;
mod denied;
mod events;
mod factuality;
pub mod frames;
mod gerunds;
mod identified;
mod inflection;
mod joins;
mod load;
mod matching;
mod mend;
mod moments;
mod offices;
mod place;
mod propose;
mod reach;
#[cfg(test)]
mod samples;
mod scene;
mod speakers;
mod time;
mod titles;
mod tree;

pub use coverage::{Meeting, Predicate, meetings};
pub use events::code as event_code;
pub use frames::Lexicon;
pub use load::FrameError;

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    claim::{Claim, Entity, Mention, Name},
    document::Article,
    grammar::Paragraph,
    ontology::Ontology,
};
use frames::Frames;
use matching::Context;
use scene::{Classes, Scene};

/// The actors of an article.
#[derive(Clone, Copy)]
pub struct Actors<'a> {
    /// Who is mentioned.
    pub entities: &'a [Entity],
    /// Where.
    pub mentions: &'a [Mention],
    /// The country that an actor belongs to, where it is known.
    pub countries: &'a BTreeMap<Name, Name>,
}

/// All claims of an article, in the order of the text, not yet checked (`resolve` does that) and without ids.
#[must_use]
pub fn extract(
    article: &Article,
    paragraphs: &[Paragraph],
    actors: &Actors<'_>,
    lexicon: &Lexicon,
    ontology: &Ontology,
) -> Vec<Claim> {
    let Actors {
        entities,
        mentions,
        countries,
    } = *actors;
    let Some(frames) = lexicon.of(article.lang) else {
        return vec![];
    };
    let kinds: BTreeMap<&str, &str> = entities
        .iter()
        .map(|entity| (&*entity.id, &*entity.kind))
        .collect();
    let classes = classes(entities, ontology);
    let mended: Vec<Cow<'_, Paragraph>> = paragraphs
        .iter()
        .map(|one| frames.mend(one, mentions))
        .map(|one| mend_given(one, article, frames))
        .collect();
    let scenes: Vec<Scene<'_>> = mended
        .iter()
        .map(|paragraph| Scene::new(paragraph, mentions, frames, &classes))
        .collect();
    let quotes = speakers::quotes(&scenes);
    let sentences: Vec<usize> = mended.iter().flat_map(|one| beginnings(one)).collect();
    let (mut claims, mut last) = (vec![], time::Last::default());
    for (scene, quotes) in scenes.into_iter().zip(quotes) {
        let scene = scene
            .with_quotes(quotes)
            .with_given(article.mentions.is_some());
        let earlier = last;
        let dates = time::dates(&scene, article, frames, &mut last);
        let telling = scene.telling();
        let context = Context {
            article,
            scene: &scene,
            telling: &telling,
            frames,
            ontology,
            kinds: &kinds,
            countries,
            dates: &dates,
            earlier,
        };
        let (mut told, used) = matching::claims(&context);
        told.extend(attach::claims(&context));
        let proposed = propose::claims(&context, &told);
        let mut backed = backoff::claims(&context, &told, &used);
        backed.extend(titles::claims(&context, &told));
        backed.extend(answers::claims(&context, &claims, &told, &used, &sentences));
        claims.extend(told);
        claims.extend(proposed);
        claims.extend(backed);
    }
    claims
}

/// Where the input names the actors, more is put right than where they are found.
fn mend_given<'a>(
    one: Cow<'a, Paragraph>,
    article: &Article,
    frames: &Frames,
) -> Cow<'a, Paragraph> {
    if article.mentions.is_none() {
        return one;
    }
    let mut mended = one.into_owned();
    propose::mend(&mut mended, frames);
    Cow::Owned(mended)
}

/// Where the sentences of a paragraph begin.
fn beginnings(paragraph: &Paragraph) -> impl Iterator<Item = usize> {
    let sentences = paragraph.sentences.iter();
    sentences.filter_map(|sentence| Some(paragraph.words.get(sentence.start)?.span.start))
}

fn classes(entities: &[Entity], ontology: &Ontology) -> Classes {
    let of = |kinds: &[&str]| {
        let of_kind = |entity: &&Entity| kinds.iter().any(|kind| ontology.is_a(&entity.kind, kind));
        entities
            .iter()
            .filter(of_kind)
            .map(|entity| entity.id.clone())
            .collect()
    };
    Classes {
        places: of(&["Place", "State"]),
        media: of(&["MediaOrganization"]),
        persons: of(&["Person"]),
        actors: of(&["Actor"]),
    }
}
