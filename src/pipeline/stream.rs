//! Many articles: groups of them are read side by side, what comes out keeps their order. Memory holds some groups,
//! however many articles there are.

use super::{Knowledge, ModelError, Models, in_order, paragraphs, understand};
use crate::{claim::Reading, document::Article, text::Aligned};

/// What became of one article.
#[derive(Debug)]
pub enum Outcome<E> {
    /// It was read.
    Read(Box<Reading>),
    /// It could not be taken in, and this is why.
    Refused(E),
    /// There is no model for its language.
    NoModel {
        /// The article's id.
        article: String,
        /// Why there is none.
        error: ModelError,
    },
}

/// Articles that go through the language runtime together, so that its matrices are large.
const GROUP: usize = 8;
/// A group ends when its texts hold this many bytes.
const GROUP_BYTES: usize = 512 << 10;

/// Reads all articles and hands each outcome to `sink`, in the order of the input. Stops at the sink's first error.
///
/// # Errors
/// Those of `sink`.
pub fn read_all<E: Send, S>(
    mut articles: impl Iterator<Item = Result<Article, E>>,
    models: &Models,
    knowledge: &Knowledge,
    mut sink: impl FnMut(Outcome<E>) -> Result<(), S>,
) -> Result<(), S> {
    in_order(
        std::iter::from_fn(|| next_group(&mut articles)),
        |group| group.iter().map(text_bytes).sum(),
        |group| read_group(group, models, knowledge),
        |outcomes| outcomes.into_iter().try_for_each(&mut sink),
    )
}

/// The next articles, if there are any.
fn next_group<E>(
    articles: &mut impl Iterator<Item = Result<Article, E>>,
) -> Option<Vec<Result<Article, E>>> {
    let mut group = Vec::new();
    let mut bytes = 0;
    while group.len() < GROUP && bytes < GROUP_BYTES {
        let Some(next) = articles.next() else { break };
        bytes += text_bytes(&next);
        group.push(next);
    }
    (!group.is_empty()).then_some(group)
}

fn text_bytes<E>(article: &Result<Article, E>) -> usize {
    article.as_ref().map_or(0, |article| article.text.len())
}

fn read_group<E>(
    group: Vec<Result<Article, E>>,
    models: &Models,
    knowledge: &Knowledge,
) -> Vec<Outcome<E>> {
    let mut outcomes: Vec<Option<Outcome<E>>> = Vec::new();
    let mut waiting: Vec<(usize, Article, Vec<Aligned>)> = Vec::new();
    for one in group {
        match one {
            Ok(article) => {
                let aligned = paragraphs(&article);
                waiting.push((outcomes.len(), article, aligned));
                outcomes.push(None);
            }
            Err(error) => outcomes.push(Some(Outcome::Refused(error))),
        }
    }
    while let Some((_, first, _)) = waiting.first() {
        let family = first.lang.family();
        let same = |one: &(usize, Article, Vec<Aligned>)| one.1.lang.family() == family;
        let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(same);
        waiting = later;
        for (at, outcome) in annotate(now, models, knowledge) {
            outcomes[at] = Some(outcome);
        }
    }
    outcomes.into_iter().flatten().collect()
}

/// Reads articles of one language, their paragraphs through the runtime in one go.
fn annotate<E>(
    articles: Vec<(usize, Article, Vec<Aligned>)>,
    models: &Models,
    knowledge: &Knowledge,
) -> Vec<(usize, Outcome<E>)> {
    let Some((_, first, _)) = articles.first() else {
        return Vec::new();
    };
    // At the first article of a language all that it needs is loaded, side by side.
    if !models.is_loaded(first.lang) {
        let words = || knowledge.prepare(first.lang);
        let _ = rayon::join(|| models.of(first.lang), words);
    }
    let model = match models.of(first.lang) {
        Ok(model) => model,
        Err(error) => {
            let refuse = |(at, article, _): (usize, Article, _)| {
                (
                    at,
                    Outcome::NoModel {
                        article: article.id,
                        error: error.clone(),
                    },
                )
            };
            return articles.into_iter().map(refuse).collect();
        }
    };
    let texts: Vec<&str> = articles
        .iter()
        .flat_map(|(_, _, aligned)| aligned)
        .map(|aligned| aligned.text.as_str())
        .collect();
    let mut docs = model.pipeline.pipe(&texts).into_iter();
    let mut read = Vec::new();
    for (at, article, aligned) in articles {
        let own: Vec<_> = docs.by_ref().take(aligned.len()).collect();
        let reading = understand(article, &aligned, &own, model.scheme, knowledge);
        read.push((at, Outcome::Read(Box::new(reading))));
    }
    read
}
