//! A whole pipeline: loads the directory, and runs its components in the order of `config.cfg` over batches of texts.
//! One pipeline serves all threads; what a thread computes in belongs to the call.

mod load;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::annotation::{Doc, Iob, Label, Token};
use crate::batch::Batch;
use crate::components::Workspace;
use crate::components::attribute_ruler::AttributeRuler;
use crate::components::morphologizer::Morphologizer;
use crate::components::ner::EntityRecognizer;
use crate::components::parser::Parser;
use crate::components::rule_lemmatizer::RuleLemmatizer;
use crate::components::tagger::Tagger;
use crate::components::trainable_lemmatizer::TrainableLemmatizer;
use crate::error::LoadError;
use crate::lexeme::Lexeme;
use crate::tok2vec::Tok2Vec;
use crate::tokenizer::{RawToken, Tokenizer};

/// Texts are computed together until they have so many tokens: enough for the products to run at full speed, few enough for
/// the intermediate results to stay in the processor's cache.
const BATCH_TOKENS: usize = 1024;

/// A trained spaCy v3 pipeline.
#[derive(Debug)]
pub struct Pipeline {
    lang: String,
    name: String,
    version: String,
    tokenizer: Tokenizer,
    components: Vec<Component>,
    /// Workspaces that no call uses at the moment.
    idle: Mutex<Vec<Workspace>>,
}

/// One step of a pipeline.
#[derive(Debug)]
enum Component {
    Tok2Vec(Tok2Vec),
    Tagger(Tagger),
    Morphologizer(Morphologizer),
    Parser(Parser),
    AttributeRuler(AttributeRuler),
    RuleLemmatizer(RuleLemmatizer),
    TrainableLemmatizer(TrainableLemmatizer),
    EntityRecognizer(EntityRecognizer),
}

impl Pipeline {
    /// Loads a pipeline directory (the one that holds `config.cfg`).
    ///
    /// # Errors
    /// If a file is missing, unreadable or damaged, or if the pipeline needs what this runtime does not implement.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        load::load(folder)
    }

    /// Annotates texts, one [`Doc`] each, in order. Give one paragraph per text: sentences never cross texts. A text's result
    /// does not depend on the other texts.
    #[must_use]
    pub fn pipe(&self, texts: &[&str]) -> Vec<Doc> {
        let mut work = self.lock_idle().pop().unwrap_or_default();
        let mut docs = Vec::with_capacity(texts.len());
        let mut batch = Batch::default();
        let mut tokens = 0;
        for text in texts {
            let raw = self.tokenizer.tokenize_with(&mut work.chunks, text);
            tokens += raw.len();
            push(&mut batch, text, raw);
            if tokens >= BATCH_TOKENS {
                self.run(&mut batch, &mut work);
                docs.append(&mut batch.docs);
                batch.lexemes.clear();
                tokens = 0;
            }
        }
        self.run(&mut batch, &mut work);
        docs.append(&mut batch.docs);
        self.lock_idle().push(work);
        docs
    }

    /// The language's code (`"en"`, `"nb"`).
    #[must_use]
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// The pipeline's name from `meta.json`, without the language (`"core_web_sm"`).
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pipeline's version from `meta.json`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The dependency labels that its parsers can give, sorted; they tell which scheme it was trained on.
    #[must_use]
    pub fn parser_labels(&self) -> Vec<&str> {
        let parsers = self
            .components
            .iter()
            .filter_map(|component| match component {
                Component::Parser(parser) => Some(parser.labels()),
                _ => None,
            });
        let mut labels: Vec<&str> = parsers.flatten().collect();
        labels.sort_unstable();
        labels.dedup();
        labels
    }

    fn run(&self, batch: &mut Batch, work: &mut Workspace) {
        if batch.lengths().all(|length| length == 0) {
            return;
        }
        for component in &self.components {
            component.apply(batch, work);
        }
    }

    fn lock_idle(&self) -> std::sync::MutexGuard<'_, Vec<Workspace>> {
        // Workspaces hold nothing between calls that a panic could leave half done.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Component {
    fn apply(&self, batch: &mut Batch, work: &mut Workspace) {
        match self {
            Self::Tok2Vec(network) => network.apply(batch, &mut work.scratch, &mut work.shared),
            Self::Tagger(tagger) => tagger.apply(batch, work),
            Self::Morphologizer(morphologizer) => morphologizer.apply(batch, work),
            Self::Parser(parser) => parser.apply(batch, work),
            Self::AttributeRuler(ruler) => batch
                .pairs()
                .for_each(|(doc, lexemes)| ruler.apply(doc, lexemes)),
            Self::RuleLemmatizer(lemmatizer) => batch
                .pairs()
                .for_each(|(doc, lexemes)| lemmatizer.apply(doc, lexemes)),
            Self::TrainableLemmatizer(lemmatizer) => lemmatizer.apply(batch, work),
            Self::EntityRecognizer(recognizer) => recognizer.apply(batch, work),
        }
    }
}

/// A batch of these texts, tokenized.
#[cfg(test)]
pub(crate) fn batch_of(tokenizer: &Tokenizer, texts: &[&str]) -> Batch {
    let mut batch = Batch::default();
    for text in texts {
        push(&mut batch, text, tokenizer.tokenize(text));
    }
    batch
}

/// Adds a text and its tokens to the batch.
fn push(batch: &mut Batch, text: &str, raw: Vec<RawToken>) {
    let tokens = raw
        .iter()
        .enumerate()
        .map(|(index, token)| bare_token(index, token));
    batch.docs.push(Doc {
        text: text.to_owned(),
        tokens: tokens.collect(),
    });
    batch.lexemes.push(
        raw.into_iter()
            .map(|token| token.lexeme)
            .collect::<Vec<Arc<Lexeme>>>(),
    );
}

/// A token with nothing but what the tokenizer knows. Without a parser it is its own head, as in spaCy.
fn bare_token(index: usize, raw: &RawToken) -> Token {
    let empty = Label::default;
    Token {
        start: raw.start,
        end: raw.end,
        space_after: raw.space_after,
        is_space: raw.lexeme.is_space,
        norm: Label::clone(&raw.lexeme.norm_text),
        tag: empty(),
        pos: empty(),
        morph: empty(),
        lemma: empty(),
        head: index,
        dep: empty(),
        sent_start: index == 0,
        ent_iob: Iob::Outside,
        ent_type: empty(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Bare tokens for the words of a text; words of white space are possible.
    pub(crate) fn tokens(words: &str) -> Vec<Token> {
        let split = words.split(' ').enumerate();
        let lexeme = |word: &str| Arc::new(crate::lexeme::Lexicon::default().lexeme(word));
        let raw = split.map(|(index, word)| {
            let raw = RawToken {
                start: 0,
                end: word.len(),
                space_after: true,
                lexeme: lexeme(word),
            };
            bare_token(index, &raw)
        });
        raw.collect()
    }
}
