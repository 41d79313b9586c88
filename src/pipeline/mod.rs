//! The way of an article: paragraphs, annotations, grammar, mentions, claims, checks. The only file that knows the order.
//! Every step is a total function; what can fail (reading, loading, storing) lies outside.

mod models;
mod stream;

pub use models::{Model, ModelError, Models};
pub use stream::{Outcome, read_all};

use std::sync::OnceLock;

use kilde_nlp::Doc;

use crate::{
    claim::{Reading, content_hash},
    document::Article,
    extract::{self, FrameError, Lexicon},
    link::{self, Gazetteer},
    ontology::Ontology,
    resolve,
    syntax::{self, Scheme},
    text::{Aligned, Span},
};

/// What is known before any article is read: actors, the meaning of words, relations and types.
pub struct Knowledge {
    /// Actors and places by name.
    pub gazetteer: &'static Gazetteer,
    /// Frames, operators and small words of each language.
    pub lexicon: Lexicon,
    /// Relations and types.
    pub ontology: &'static Ontology,
}

impl Knowledge {
    /// What was compiled into the program, read once.
    ///
    /// # Errors
    /// If a frame or word list is wrong; a test makes sure that none is.
    pub fn embedded() -> Result<&'static Self, &'static FrameError> {
        static EMBEDDED: OnceLock<Result<Knowledge, FrameError>> = OnceLock::new();
        let load = || {
            let ontology = Ontology::embedded();
            let lexicon = Lexicon::embedded(ontology)?;
            Ok(Knowledge {
                gazetteer: Gazetteer::embedded(),
                lexicon,
                ontology,
            })
        };
        EMBEDDED.get_or_init(load).as_ref()
    }

    /// The program's own actors with the frames and word lists of a folder that is laid out as `ontology/` is.
    ///
    /// # Errors
    /// If a file cannot be read or is wrong.
    pub fn of_folder(folder: &std::path::Path) -> Result<Self, FrameError> {
        let ontology = Ontology::embedded();
        let lexicon = Lexicon::load(folder, ontology)?;
        Ok(Self {
            gazetteer: Gazetteer::embedded(),
            lexicon,
            ontology,
        })
    }
}

/// Names what an article would be read as: equal for the same article with the same metadata, read by the same program with
/// the same knowledge and models. `None` if there is no model for it.
#[must_use]
pub fn reading_hash(article: &Article, models: &Models) -> Option<String> {
    let model = models.fingerprint(article.lang)?;
    // All of the article counts, whatever fields it may get.
    let article = format!("{article:?}");
    let parts = ["reading", env!("KILDE_KNOWLEDGE"), model, &article];
    Some(content_hash(&parts))
}

/// The paragraphs of an article as the language runtime is to see them: without what was set aside.
#[must_use]
pub fn paragraphs(article: &Article) -> Vec<Aligned> {
    let kept = article.paragraphs.iter();
    let paragraph = |&span: &Span| {
        let mut aligned = Aligned::without(&article.text, span, &article.set_aside);
        // In a hard-wrapped text a line break is a space, and as many bytes long.
        aligned.text = aligned.text.replace('\n', " ");
        aligned
    };
    kept.map(paragraph).collect()
}

/// Everything that is read from an article whose paragraphs are annotated. `docs` go with `paragraphs`, one each.
#[must_use]
pub fn understand(
    article: Article,
    paragraphs: &[Aligned],
    docs: &[Doc],
    scheme: Scheme,
    knowledge: &Knowledge,
) -> Reading {
    let grammar: Vec<_> = docs
        .iter()
        .zip(paragraphs)
        .map(|(doc, aligned)| syntax::paragraph(doc, aligned, scheme))
        .collect();
    let linked = link::link(&article, &grammar, knowledge.gazetteer, knowledge.ontology);
    let claims = extract::extract(
        &article,
        &grammar,
        &linked.entities,
        &linked.mentions,
        &knowledge.lexicon,
        knowledge.ontology,
    );
    let (claims, rejected) =
        resolve::resolve(claims, &linked.entities, &article, knowledge.ontology);
    Reading {
        article,
        entities: linked.entities,
        mentions: linked.mentions,
        claims,
        rejected,
    }
}
