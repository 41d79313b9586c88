//! The one grammar view that every label scheme is mapped to: words in a tree with content heads, as in Universal
//! Dependencies, but with prepositions and subordinators lifted onto the word they introduce. Types only.

use std::ops::Range;

use crate::text::Span;

/// Universal part of speech (universaldependencies.org/u/pos).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the standard's own")]
pub enum Pos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    Space,
    #[default]
    Other,
}

/// What a word is to its head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Head of the sentence.
    Root,
    /// Subject of an active predicate (also of a copula's).
    Subject,
    /// Subject of a passive predicate.
    PassiveSubject,
    /// A clause as subject.
    SubjectClause,
    /// Direct object.
    Object,
    /// Indirect object without a preposition.
    IndirectObject,
    /// Agent of a passive ("by X", "av X").
    Agent,
    /// Nominal under a preposition, of a verb, adjective or noun; `marker` holds the preposition.
    Oblique,
    /// Nominal without preposition that is no argument ("last week").
    BareOblique,
    /// Owner ("Hamas' takeover").
    Possessor,
    /// Noun before a noun ("Fatah leader").
    Compound,
    /// Adjective of a noun.
    Adjective,
    /// "Abbas, the president" and (after repair) "president Abbas".
    Apposition,
    /// Later member of a coordination; head is the first member.
    Conjunct,
    /// Later part of a name.
    Flat,
    /// Number of a noun.
    Number,
    /// Article or other determiner.
    Determiner,
    /// "not", "ikke", "never", "no".
    Negation,
    /// Auxiliary verb (tense, mood, modality).
    Auxiliary,
    /// Auxiliary of the passive.
    PassiveAuxiliary,
    /// Copula; its head is the predicate.
    Copula,
    /// Predicate noun or adjective of a verb that is no copula ("became leader").
    Attribute,
    /// Adverb.
    Adverb,
    /// Particle of a verb ("call off").
    Particle,
    /// Finite complement clause ("said that …"), also quoted speech.
    Content,
    /// Infinitive or other open complement; its subject is the head's subject or object.
    OpenContent,
    /// Adverbial clause; `marker` holds the subordinator.
    AdverbialClause,
    /// Relative clause.
    RelativeClause,
    /// Other clause that modifies a noun (participle, infinitive).
    NounClause,
    /// Subordinator ("that", "if", "å").
    Marker,
    /// Preposition or case particle (already lifted onto its noun).
    Case,
    /// "and", "or".
    Coordinator,
    /// "there", "it" without reference.
    Expletive,
    /// Loosely joined clause.
    Parataxis,
    /// Punctuation.
    Punctuation,
    /// Anything else.
    #[default]
    Other,
}

/// One word of the view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the article's text.
    pub span: Span,
    /// The word as written.
    pub text: String,
    /// Dictionary form, lower case.
    pub lemma: String,
    /// Part of speech.
    pub pos: Pos,
    /// UD features, `"Number=Sing|Tense=Past"`, as the pipeline gives them.
    pub features: String,
    /// Head in the same paragraph; `None` for a root.
    pub head: Option<usize>,
    /// What it is to its head.
    pub role: Role,
    /// Preposition or subordinator that introduces it, lower case ("out of").
    pub marker: Option<String>,
}

impl Word {
    /// The value of a UD feature ("Number" -> "Plur").
    #[must_use]
    pub fn feature(&self, name: &str) -> Option<&str> {
        self.features
            .split('|')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

/// A name that the pipeline's recogniser found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognisedName {
    /// Its words, as a range of indices into the paragraph's words.
    pub words: Range<usize>,
    /// The recogniser's label (`PERSON`, `GPE`, `PER`, `DRV`).
    pub label: String,
}

/// One paragraph in the grammar view. White-space tokens are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words in order.
    pub words: Vec<Word>,
    /// Sentences as ranges of word indices, in order.
    pub sentences: Vec<Range<usize>>,
    /// Names that the recogniser found, in order.
    pub names: Vec<RecognisedName>,
}

impl Paragraph {
    /// Indices of the words whose head is `index`, in order.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.sentence_of(index);
        sentence.filter(move |&child| self.words[child].head == Some(index))
    }

    /// Children with one of `roles`, in order.
    pub fn children_with<'a>(
        &'a self,
        index: usize,
        roles: &'a [Role],
    ) -> impl Iterator<Item = usize> + 'a {
        self.children(index)
            .filter(move |&child| roles.contains(&self.words[child].role))
    }

    /// The sentence that holds word `index`; empty if none does.
    #[must_use]
    pub fn sentence_of(&self, index: usize) -> Range<usize> {
        self.sentences
            .iter()
            .find(|sentence| sentence.contains(&index))
            .cloned()
            .unwrap_or(0..0)
    }

    /// The stretch of the article's text that a range of words covers.
    #[must_use]
    pub fn span(&self, words: Range<usize>) -> Span {
        match (
            self.words.get(words.start),
            words
                .end
                .checked_sub(1)
                .and_then(|last| self.words.get(last)),
        ) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }
}
