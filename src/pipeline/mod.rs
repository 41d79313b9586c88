//! The way of an article: paragraphs, annotations, grammar, mentions, claims, checks. The only file that knows the order.
//! Every step is a total function; what can fail (reading, loading, storing) lies outside.

mod knowledge;
mod models;
mod ordered;
mod stream;

pub use knowledge::{Held, Knowledge, KnowledgeError};
pub use models::{Model, ModelError, Models};
pub use ordered::in_order;
pub use stream::{Outcome, read_all};

use kilde_nlp::Doc;

use crate::{
    claim::{Reading, content_hash},
    document::Article,
    extract, link, resolve,
    syntax::{self, Scheme},
    text::{Aligned, Span},
};

/// Names what an article would be read as: equal for the same article with the same metadata, read by the same program with
/// the same knowledge and models. `None` if there is no model for it.
#[must_use]
pub fn reading_hash(article: &Article, models: &Models, knowledge: &Knowledge) -> Option<String> {
    let model = models.fingerprint(article.lang)?;
    // All of the article counts, whatever fields it may get.
    let article = format!("{article:?}");
    let mut parts = vec!["reading", env!("KILDE_KNOWLEDGE"), model, &article];
    if !knowledge.hash.is_empty() {
        parts.push(&knowledge.hash);
    }
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
// Under its own name in a profile: tests/bench/instructions.sh counts what it costs.
#[inline(never)]
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
    let linked = link::link_with(
        &article,
        &grammar,
        &knowledge.gazetteer,
        knowledge.ontology(),
        &knowledge.identities,
    );
    let actors = extract::Actors {
        entities: &linked.entities,
        mentions: &linked.mentions,
        countries: &linked.countries,
    };
    let claims = extract::extract(
        &article,
        &grammar,
        &actors,
        &knowledge.lexicon,
        knowledge.ontology(),
    );
    let (claims, rejected) =
        resolve::resolve(claims, &linked.entities, &article, knowledge.ontology());
    Reading {
        article,
        entities: linked.entities,
        mentions: linked.mentions,
        claims,
        rejected,
    }
}

/// The sentences of an article that was read in which two actors or more are mentioned. Annotates it once more.
///
/// # Errors
/// If there is no model for its language.
pub fn meetings(
    reading: &Reading,
    models: &Models,
    knowledge: &Knowledge,
) -> Result<Vec<extract::Meeting>, ModelError> {
    let model = models.of(reading.article.lang)?;
    let aligned = paragraphs(&reading.article);
    let texts: Vec<&str> = aligned.iter().map(|one| one.text.as_str()).collect();
    let docs = model.pipeline.pipe(&texts);
    let grammar: Vec<_> = docs
        .iter()
        .zip(&aligned)
        .map(|(doc, aligned)| syntax::paragraph(doc, aligned, model.scheme))
        .collect();
    Ok(extract::meetings(
        &reading.article,
        &grammar,
        (&reading.entities, &reading.mentions, &reading.claims),
        &knowledge.lexicon,
        knowledge.ontology(),
    ))
}
