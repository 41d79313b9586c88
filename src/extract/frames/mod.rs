//! Frames and operators: what words mean, as data (docs/frames.md). Here are their types, and those are found that a word
//! may call up; `load` reads them from TOML.

mod frame;
mod operator;
mod words;

use std::{
    collections::{BTreeMap, HashMap},
    mem::take,
    sync::OnceLock,
};

use super::load::program_frames;
use crate::{claim::Name, document::Lang, grammar::Word};

pub use frame::{Condition, Example, Frame, Path, Slot};
pub use operator::{Attachment, Embedded, EmitOn, Operator};
pub use words::{Cue, Formal, Words};

/// Frames, operators and words of one language.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// All frames, in the order of their names.
    pub frames: Vec<Frame>,
    /// All operators.
    pub operators: Vec<Operator>,
    /// All attachments.
    pub attachments: Vec<Attachment>,
    /// Sentences that belong to no frame: tests of how claims are held, dated and placed.
    pub sentences: Vec<(Name, Example)>,
    /// Small words.
    pub words: Words,
    /// Inflected forms of the listed words.
    pub(super) forms: super::inflection::Forms,
    /// What each dictionary form calls up, for each kind.
    index: BTreeMap<Kind, HashMap<String, Vec<Call>>>,
    silent: OnceLock<super::inflection::Silent>,
}

/// Whose word list calls a frame or operator up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A frame's verb.
    Verb,
    /// A frame's noun.
    Noun,
    /// A frame's adjective.
    Adjective,
    /// A frame's office.
    Office,
    /// An operator's verb.
    OperatorVerb,
    /// An operator's noun.
    OperatorNoun,
    /// An operator's adjective.
    OperatorAdjective,
}

/// An entry of a word list: the frame or operator, and its words (the head apart).
#[derive(Clone, Debug)]
pub struct Call {
    /// Index of the frame or operator.
    pub of: usize,
    /// Words before a noun's head ("vice" before "president").
    pub before: Vec<String>,
    /// Words after the head: a verb's particles, and what follows a noun ("of staff" after "chief").
    pub after: Vec<String>,
}

impl Frames {
    /// Builds the index over the frames' words.
    #[must_use]
    pub fn new(
        frames: Vec<Frame>,
        operators: Vec<Operator>,
        attachments: Vec<Attachment>,
        sentences: Vec<(Name, Example)>,
        words: Words,
    ) -> Self {
        let forms = super::inflection::Forms::new(&frames, &operators, &words);
        let mut built = Self {
            frames,
            operators,
            attachments,
            sentences,
            words,
            forms,
            index: BTreeMap::new(),
            silent: OnceLock::new(),
        };
        let (frames, operators) = (take(&mut built.frames), take(&mut built.operators));
        for (at, frame) in frames.iter().enumerate() {
            built.enter(Kind::Verb, &frame.verbs, at);
            built.enter(Kind::Noun, &frame.nouns, at);
            built.enter(Kind::Adjective, &frame.adjectives, at);
            built.enter(Kind::Office, &frame.offices, at);
        }
        for (at, operator) in operators.iter().enumerate() {
            built.enter(Kind::OperatorVerb, &operator.verbs, at);
            built.enter(Kind::OperatorNoun, &operator.nouns, at);
            built.enter(Kind::OperatorAdjective, &operator.adjectives, at);
        }
        Self {
            frames,
            operators,
            ..built
        }
    }

    /// What the dictionary form `lemma` may call up.
    #[must_use]
    pub fn calls(&self, kind: Kind, lemma: &str) -> &[Call] {
        let found = self.index.get(&kind).and_then(|words| words.get(lemma));
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether a word says nothing of two actors.
    pub(super) fn is_silent(&self, word: &Word) -> bool {
        let silent = || super::inflection::Silent::new(&self.words);
        self.silent.get_or_init(silent).has(word)
    }

    fn enter(&mut self, kind: Kind, entries: &[Vec<String>], of: usize) {
        let verb = matches!(kind, Kind::Verb | Kind::OperatorVerb);
        for entry in entries {
            if verb {
                self.enter_at(kind, entry, 0, of);
                continue;
            }
            self.enter_at(kind, entry, self.noun_head(entry), of);
            // Tokenisers of English take "secretary-general" apart, and parsers are not at one which part is its head.
            if entry.iter().any(|word| word.contains('-')) {
                let apart: Vec<String> = entry.iter().flat_map(|word| hyphenated(word)).collect();
                let last = self.noun_head(&apart);
                self.enter_at(kind, &apart, last, of);
                let first = apart
                    .iter()
                    .position(|word| word == "-")
                    .and_then(|hyphen| hyphen.checked_sub(1));
                if let Some(first) = first.filter(|&first| first != last) {
                    self.enter_at(kind, &apart, first, of);
                }
            }
        }
    }

    /// The head of a compound is its last word; before "of" and the like, the one that they hang on ("chief of staff").
    fn noun_head(&self, entry: &[String]) -> usize {
        let joins =
            |word: &String| self.words.owner.contains(word) || self.words.locative.contains(word);
        let end = entry
            .iter()
            .skip(1)
            .position(joins)
            .map_or(entry.len(), |at| at + 1);
        let word = entry[..end].iter().rposition(|word| word != "-");
        word.unwrap_or_default()
    }

    fn enter_at(&mut self, kind: Kind, entry: &[String], head: usize, of: usize) {
        let Some(word) = entry.get(head) else { return };
        let call = Call {
            of,
            before: entry[..head].to_vec(),
            after: entry[head + 1..].to_vec(),
        };
        self.index
            .entry(kind)
            .or_default()
            .entry(word.clone())
            .or_default()
            .push(call);
    }
}

/// The parts of a word with hyphens, the hyphens among them.
fn hyphenated(word: &str) -> Vec<String> {
    let parts = word.split('-').filter(|part| !part.is_empty());
    let mut split: Vec<String> = parts
        .flat_map(|part| [part.to_owned(), "-".to_owned()])
        .collect();
    split.pop();
    split
}

/// The frames of every language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// By language family. The program's own are read when they are first asked for: most texts are in one language.
    pub(super) languages: BTreeMap<Lang, OnceLock<Frames>>,
}

impl Lexicon {
    /// The frames that serve `lang`.
    ///
    /// # Panics
    /// Never: those that are read only now are part of the program, and tests read them.
    #[must_use]
    pub fn of(&self, lang: Lang) -> Option<&Frames> {
        let lang = lang.family();
        let frames = self.languages.get(&lang)?;
        Some(frames.get_or_init(|| program_frames(lang).expect("tests read the program's frames")))
    }

    /// The frames of all languages.
    pub fn all(&self) -> impl Iterator<Item = &Frames> {
        self.languages.keys().filter_map(|&lang| self.of(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(office: &str, head: &str) -> Vec<(Vec<String>, Vec<String>)> {
        let mut frames = Frames::default();
        frames.words.owner = vec!["of".to_owned()];
        frames.enter(Kind::Office, &[words(office)], 0);
        let calls = frames.calls(Kind::Office, head).iter();
        calls
            .map(|call| (call.before.clone(), call.after.clone()))
            .collect()
    }

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_head_of_an_office_stands_last_or_before_of() {
        assert_eq!(
            called("vice president", "president"),
            [(words("vice"), vec![])]
        );
        assert_eq!(
            called("army chief of staff", "chief"),
            [(words("army"), words("of staff"))]
        );
        assert!(called("army chief of staff", "staff").is_empty());
    }

    #[test]
    fn hyphenated_offices_are_known_in_one_word_and_in_parts() {
        assert_eq!(
            called("secretary-general", "secretary-general"),
            [(vec![], vec![])]
        );
        assert_eq!(
            called("secretary-general", "general"),
            [(words("secretary -"), vec![])]
        );
        assert_eq!(
            called("secretary-general", "secretary"),
            [(vec![], words("- general"))]
        );
    }
}
