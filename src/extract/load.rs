//! Reads frames, operators and word lists from TOML. A mistake is reported with file, line and column, and with what
//! was probably meant; nothing is guessed.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    path::Path as FilePath,
};

use serde::Deserialize;
use toml::Spanned;

use super::{
    attach,
    frames::{
        Attachment, Condition, Cue, Embedded, EmitOn, Example, Frame, Frames, Lexicon, Operator,
        Path, Slot, Words,
    },
};
use crate::{
    claim::{Modality, Name, Polarity},
    document::{Lang, PartialDate},
    ontology::{self, Ontology},
};

/// What is wrong in a frame or word file.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// A file cannot be read.
    #[error("{file}: {source}")]
    Io {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file says something that frames do not allow.
    #[error("{file}:{line}:{column}: {message}")]
    Bad {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong and what to do.
        message: String,
    },
}

impl Lexicon {
    /// The frames and word lists that were compiled into the program.
    ///
    /// # Errors
    /// If one of them is wrong; a test makes sure that none is.
    pub fn embedded(ontology: &Ontology) -> Result<Self, FrameError> {
        Self::of_folder(None, None, ontology)
    }

    /// Frames and word lists of folders that are laid out as `ontology/` is, with `frames` and `words` in them; the
    /// program's own where none is given. Operators say how clauses are held, whatever the domain: a language whose frames
    /// bring none of their own keeps the program's.
    ///
    /// # Errors
    /// If a file cannot be read or is wrong.
    pub fn of_folder(
        frames: Option<&FilePath>,
        words: Option<&FilePath>,
        ontology: &Ontology,
    ) -> Result<Self, FrameError> {
        let mut files = vec![];
        for (part, folder) in [("frames", frames), ("words", words)] {
            for lang in ["en", "nb"] {
                let place = format!("{part}/{lang}");
                let mut own = match folder {
                    Some(folder) => files_of(folder, &place)?,
                    None => embedded_files(&place),
                };
                let operators = format!("{place}/operators.toml");
                if part == "frames" && !own.iter().any(|file| file.name == operators) {
                    let mut general = embedded_files(&place);
                    general.retain(|file| file.name == operators);
                    own.append(&mut general);
                }
                files.append(&mut own);
            }
        }
        Self::from_files(files, ontology)
    }

    fn from_files(mut files: Vec<Source>, ontology: &Ontology) -> Result<Self, FrameError> {
        files.sort_by(|one, other| one.name.cmp(&other.name));
        let foreign = ontology != Ontology::embedded();
        let mut languages = BTreeMap::new();
        for (tag, lang) in [("en", Lang::En), ("nb", Lang::Nb)] {
            let readers = |folder: &str| {
                let prefix = format!("{folder}/{tag}/");
                let files = files
                    .iter()
                    .filter(move |file| file.name.starts_with(&prefix));
                files.map(|file| Reader {
                    file: &file.name,
                    text: &file.text,
                    ontology,
                    lenient: file.embedded && foreign,
                })
            };
            let (mut read, mut words) = (Read::default(), Words::default());
            for reader in readers("words") {
                reader.words(&mut words)?;
            }
            for reader in readers("frames") {
                reader.frames(&mut read)?;
            }
            languages.insert(lang, read.with(words));
        }
        Ok(Self { languages })
    }
}

/// A file of frames or words.
struct Source {
    name: String,
    text: String,
    embedded: bool,
}

fn embedded_files(part: &str) -> Vec<Source> {
    let found = ontology::FILES.get_dir(part).into_iter();
    let files = found.flat_map(include_dir::Dir::files).map(|file| Source {
        name: file.path().to_string_lossy().into_owned(),
        text: file.contents_utf8().unwrap_or_default().to_owned(),
        embedded: true,
    });
    files.collect()
}

/// The TOML files of a part of a folder, if it has that part.
fn files_of(folder: &FilePath, part: &str) -> Result<Vec<Source>, FrameError> {
    let directory = folder.join(part);
    let io = |source| FrameError::Io {
        file: directory.display().to_string(),
        source,
    };
    let mut files = vec![];
    if !directory.is_dir() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(&directory).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let ending = path.extension();
        if ending.is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(folder).unwrap_or(&path);
            let text = std::fs::read_to_string(&path).map_err(|source| FrameError::Io {
                file: path.display().to_string(),
                source,
            })?;
            files.push(Source {
                name: name.to_string_lossy().into_owned(),
                text,
                embedded: false,
            });
        }
    }
    Ok(files)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    relation: Option<Spanned<String>>,
    #[serde(default)]
    frame: Vec<Spanned<RawFrame>>,
    #[serde(default)]
    operator: Vec<Spanned<RawOperator>>,
    #[serde(default)]
    attachment: Vec<Spanned<RawAttachment>>,
    #[serde(default)]
    sentence: Vec<RawExample>,
}

/// What the files of a language hold.
#[derive(Default)]
struct Read {
    frames: Vec<Frame>,
    operators: Vec<Operator>,
    attachments: Vec<Attachment>,
    sentences: Vec<(Name, Example)>,
}

impl Read {
    fn with(self, words: Words) -> Frames {
        Frames::new(
            self.frames,
            self.operators,
            self.attachments,
            self.sentences,
            words,
        )
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAttachment {
    id: Spanned<String>,
    relation: Spanned<String>,
    slots: Vec<Spanned<String>>,
    kinds: RawKinds,
    act: String,
    #[serde(default)]
    reverse: bool,
    confidence: Option<f64>,
    #[serde(default)]
    examples: Vec<RawExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    id: Spanned<String>,
    relation: Option<Spanned<String>>,
    event: Option<Spanned<String>>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    offices: Vec<String>,
    #[serde(default)]
    source: Vec<Spanned<String>>,
    #[serde(default)]
    target: Vec<Spanned<String>>,
    #[serde(default)]
    with: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    without: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    kinds: RawKinds,
    act: Option<String>,
    pairs: Option<bool>,
    #[serde(default)]
    mediator: bool,
    #[serde(default)]
    given: bool,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    reverse: bool,
    #[serde(default, rename = "speaker")]
    _speaker: bool,
    polarity: Option<Polarity>,
    modality: Option<Modality>,
    confidence: Option<Spanned<f64>>,
    #[serde(default)]
    examples: Vec<RawExample>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKinds {
    #[serde(default)]
    source: Vec<Spanned<String>>,
    #[serde(default)]
    target: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExample {
    text: String,
    published: Option<PartialDate>,
    claims: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOperator {
    id: Spanned<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    slots: Option<Vec<Spanned<String>>>,
    emit: Option<Spanned<String>>,
    emit_on: Option<Spanned<String>>,
    embedded: Option<Spanned<String>>,
    polarity: Option<Spanned<String>>,
    #[serde(default)]
    speaker: bool,
    #[serde(default)]
    quotes: bool,
    subject: Option<Spanned<String>>,
    #[serde(default)]
    asserted_for: Vec<Spanned<String>>,
    #[serde(default)]
    coded_for: Vec<Spanned<String>>,
    #[serde(default)]
    with: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    examples: Vec<RawExample>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawWords {
    modal: Vec<RawCue>,
    adverbs: Vec<RawCue>,
    adjectives: Vec<RawCue>,
    determiners: Vec<RawCue>,
    subordinators: Vec<RawCue>,
    side_prefixes: Vec<String>,
    alternative: Vec<String>,
    factual_subordinators: Vec<String>,
    perfect: Vec<String>,
    purpose: Vec<String>,
    negation: Vec<String>,
    negative_prepositions: Vec<String>,
    former: Vec<String>,
    future: Vec<String>,
    speaker_prepositions: Vec<String>,
    nouns: Vec<String>,
    bodies: Vec<String>,
    collective: Vec<String>,
    followers: Vec<String>,
    relative: Vec<String>,
    relative_places: Vec<String>,
    infinitive: Vec<String>,
    manner: Vec<String>,
    formal: Option<super::frames::Formal>,
    #[serde(default)]
    silent: Vec<String>,
    locative: Vec<String>,
    owner: Vec<String>,
    role_markers: Vec<String>,
    becoming: Vec<String>,
    appointing: Vec<String>,
    named_under: Vec<String>,
    refusal: Option<Spanned<String>>,
    demand: Option<Spanned<String>>,
    promise: Option<Spanned<String>>,
    allegation: Option<Spanned<String>>,
    together: Option<Spanned<String>>,
    praise: Option<Spanned<String>>,
    deployment: Option<Spanned<String>>,
    doer: Vec<String>,
    creating: Vec<String>,
    reported_thing: Vec<String>,
    reported_person: Vec<String>,
    nominative: Vec<String>,
    owner_pronouns: Vec<String>,
    giver: Vec<String>,
    helped: Vec<String>,
    people: Vec<String>,
    enterprises: Vec<String>,
    hurting: Vec<String>,
    companion: Vec<String>,
    quoted: Vec<String>,
    onset: Vec<String>,
    motion: Vec<String>,
    goal: Vec<String>,
    time: super::time::TimeWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCue {
    lemmas: Vec<String>,
    #[serde(default)]
    forms: BTreeSet<String>,
    modality: Option<Modality>,
    perfect: Option<Modality>,
    polarity: Option<Polarity>,
}

impl RawCue {
    fn entries(self) -> impl Iterator<Item = (String, Cue)> {
        let cue = Cue {
            modality: self.modality,
            perfect: self.perfect,
            forms: self.forms,
            negative: self.polarity == Some(Polarity::Negative),
        };
        self.lemmas
            .into_iter()
            .map(move |lemma| (lemma, cue.clone()))
    }
}

/// Reads one file; knows where it is, so that every error does.
struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    ontology: &'a Ontology,
    /// Whether relations that the ontology does not know are passed over, and examples left out: in the program's own
    /// words and operators, where the ontology is the user's.
    lenient: bool,
}

impl Reader<'_> {
    fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, FrameError> {
        toml::from_str(self.text)
            .map_err(|error| self.bad(error.span().unwrap_or(0..0), error.message().to_owned()))
    }

    fn frames(&self, read: &mut Read) -> Result<(), FrameError> {
        let raw: RawFile = self.parse()?;
        let Read {
            frames,
            operators,
            attachments,
            sentences,
        } = read;
        for (number, sentence) in raw.sentence.into_iter().enumerate() {
            let rule = self.rule(&Spanned::new(0..0, (number + 1).to_string()));
            sentences.push((rule, example(sentence)));
        }
        for frame in raw.frame {
            let span = frame.span();
            let read = self.frame(frame.into_inner(), span.clone(), raw.relation.as_ref())?;
            if frames.iter().any(|other| other.rule == read.rule) {
                return Err(self.bad(
                    span,
                    format!("two frames are called {}: rename one", read.rule),
                ));
            }
            frames.push(read);
        }
        for operator in raw.operator {
            operators.push(self.operator(operator.into_inner())?);
        }
        for attachment in raw.attachment {
            attachments.push(self.attachment(attachment.into_inner())?);
        }
        Ok(())
    }

    fn frame(
        &self,
        raw: RawFrame,
        span: Range<usize>,
        relation: Option<&Spanned<String>>,
    ) -> Result<Frame, FrameError> {
        let Some(relation) = raw.relation.as_ref().or(relation) else {
            return Err(self.bad(
                span,
                "no relation: give one to the frame or to the whole file".to_owned(),
            ));
        };
        let relation = self.relation(relation)?;
        let symmetric = self
            .ontology
            .relation(&relation)
            .is_some_and(|relation| relation.symmetric);
        if raw.verbs.is_empty()
            && raw.nouns.is_empty()
            && raw.adjectives.is_empty()
            && raw.offices.is_empty()
        {
            return Err(self.bad(
                span,
                "no words: give verbs, nouns, adjectives or offices".to_owned(),
            ));
        }
        let confidence = raw
            .confidence
            .as_ref()
            .map_or(0.9, |value| *value.get_ref());
        if let Some(value) = raw
            .confidence
            .filter(|_| !(0.0..=1.0).contains(&confidence))
        {
            return Err(self.bad(value.span(), "confidence lies between 0 and 1".to_owned()));
        }
        Ok(Frame {
            rule: self.rule(&raw.id),
            relation,
            verbs: entries(&raw.verbs),
            nouns: entries(&raw.nouns),
            adjectives: entries(&raw.adjectives),
            offices: entries(&raw.offices),
            source: self.paths(&raw.source)?,
            target: self.paths(&raw.target)?,
            with: self.conditions(raw.with)?,
            without: self.conditions(raw.without)?,
            source_kinds: self.kinds(&raw.kinds.source)?,
            target_kinds: self.kinds(&raw.kinds.target)?,
            act: raw.act,
            pairs: raw.pairs.unwrap_or(symmetric || raw.mutual) && !raw.mediator,
            mutual: raw.mutual,
            given: raw.given,
            reverse: raw.reverse,
            event: raw
                .event
                .as_ref()
                .map(|code| self.relation(code))
                .transpose()?,
            polarity: raw.polarity,
            modality: raw.modality,
            confidence,
            examples: examples(raw.examples),
        })
    }

    fn operator(&self, raw: RawOperator) -> Result<Operator, FrameError> {
        let slots = match &raw.slots {
            Some(slots) => slots
                .iter()
                .map(|slot| self.slot(slot.get_ref(), slot.span()))
                .collect::<Result<_, _>>()?,
            None => vec![Slot::Clause, Slot::Object],
        };
        let one_of = |value: &Option<Spanned<String>>, allowed: &[&str]| match value {
            Some(value) if !allowed.contains(&value.get_ref().as_str()) => Err(self.bad(
                value.span(),
                format!("'{}' is none of {}", value.get_ref(), allowed.join(", ")),
            )),
            Some(value) => Ok(value.get_ref().clone()),
            None => Ok(allowed[0].to_owned()),
        };
        let modalities = [
            "keep",
            "drop",
            "asserted",
            "planned",
            "possible",
            "demanded",
            "hypothetical",
        ];
        Ok(Operator {
            rule: self.rule(&raw.id),
            verbs: entries(&raw.verbs),
            nouns: entries(&raw.nouns),
            adjectives: entries(&raw.adjectives),
            slots,
            emit: raw
                .emit
                .as_ref()
                .filter(|relation| self.counts(relation))
                .map(|relation| self.relation(relation))
                .transpose()?,
            emit_on: match one_of(&raw.emit_on, &["any", "cooperation", "conflict"])?.as_str() {
                "cooperation" => EmitOn::Cooperation,
                "conflict" => EmitOn::Conflict,
                _ => EmitOn::Any,
            },
            embedded: match one_of(&raw.embedded, &modalities)?.as_str() {
                "keep" => Embedded::Keep,
                "drop" => Embedded::Drop,
                "planned" => Embedded::As(Modality::Planned),
                "possible" => Embedded::As(Modality::Possible),
                "demanded" => Embedded::As(Modality::Demanded),
                "hypothetical" => Embedded::As(Modality::Hypothetical),
                _ => Embedded::As(Modality::Asserted),
            },
            flip: one_of(&raw.polarity, &["keep", "flip"])? == "flip",
            speaker: raw.speaker || raw.quotes,
            quotes: raw.quotes,
            object_control: one_of(&raw.subject, &["subject", "object", "clause"])? != "subject",
            asserted_for: raw
                .asserted_for
                .iter()
                .filter(|relation| self.counts(relation))
                .map(|relation| self.relation(relation))
                .collect::<Result<_, _>>()?,
            coded_for: raw
                .coded_for
                .iter()
                .filter(|relation| self.counts(relation))
                .map(|relation| self.relation(relation))
                .collect::<Result<_, _>>()?,
            with: self.conditions(raw.with)?,
            examples: if self.lenient {
                vec![]
            } else {
                examples(raw.examples)
            },
        })
    }

    fn attachment(&self, raw: RawAttachment) -> Result<Attachment, FrameError> {
        let mut slots = vec![];
        for slot in &raw.slots {
            let read = self.slot(slot.get_ref(), slot.span())?;
            if !attach::allowed(&read) {
                let message = format!(
                    "'{}' does not hang on a name: write a preposition, apposition, bracket, possessor or modifier",
                    slot.get_ref()
                );
                return Err(self.bad(slot.span(), message));
            }
            slots.push(read);
        }
        Ok(Attachment {
            rule: self.rule(&raw.id),
            relation: self.relation(&raw.relation)?,
            slots,
            source_kinds: self.kinds(&raw.kinds.source)?,
            target_kinds: self.kinds(&raw.kinds.target)?,
            act: raw.act,
            reverse: raw.reverse,
            confidence: raw.confidence.unwrap_or(0.8),
            examples: examples(raw.examples),
        })
    }

    fn words(&self, words: &mut Words) -> Result<(), FrameError> {
        // The folder also holds lists of other stages; they have their own readers and keys.
        let Some(stem) = FilePath::new(self.file)
            .file_stem()
            .and_then(|stem| stem.to_str())
        else {
            return Ok(());
        };
        if stem == "inflection" {
            words.inflection = self.parse()?;
            return Ok(());
        }
        if !["factuality", "stand_ins", "grammar", "time", "silent"].contains(&stem) {
            return Ok(());
        }
        let raw: RawWords = self.parse()?;
        let table = |list: Vec<RawCue>| list.into_iter().flat_map(RawCue::entries);
        words.modal.extend(table(raw.modal));
        words.adverbs.extend(table(raw.adverbs));
        words.adjectives.extend(table(raw.adjectives));
        words.determiners.extend(table(raw.determiners));
        words.subordinators.extend(table(raw.subordinators));
        words.side_prefixes.extend(raw.side_prefixes);
        words.alternative.extend(raw.alternative);
        // A tie that is to come ("the incoming minister") is planned as an announced act is.
        let coming = Cue {
            modality: Some(Modality::Planned),
            ..Cue::default()
        };
        for word in raw.future {
            words
                .adjectives
                .entry(word)
                .or_insert_with(|| coming.clone());
        }
        words
            .factual_subordinators
            .extend(raw.factual_subordinators);
        words.perfect.extend(raw.perfect);
        words.purpose.extend(raw.purpose);
        words.negation.extend(raw.negation);
        words
            .negative_prepositions
            .extend(raw.negative_prepositions);
        words.former.extend(raw.former);
        words.speaker_prepositions.extend(raw.speaker_prepositions);
        words.collective.extend(raw.collective.iter().cloned());
        words.stand_ins.extend(
            raw.nouns
                .into_iter()
                .chain(raw.bodies)
                .chain(raw.collective),
        );
        words.followers.extend(raw.followers);
        words.relative.extend(raw.relative);
        words.infinitive.extend(raw.infinitive);
        words.manner.extend(raw.manner);
        words.formal = raw.formal.or_else(|| words.formal.take());
        words.relative_places.extend(raw.relative_places);
        words.locative.extend(raw.locative);
        words.owner.extend(raw.owner);
        words.role_markers.extend(raw.role_markers);
        words.becoming.extend(raw.becoming);
        words.appointing.extend(raw.appointing);
        words.named_under.extend(raw.named_under);
        words.creating.extend(raw.creating);
        words.silent.extend(raw.silent);
        words.reported_thing.extend(raw.reported_thing);
        words.reported_person.extend(raw.reported_person);
        words.nominative.extend(raw.nominative);
        words.owner_pronouns.extend(raw.owner_pronouns);
        words.giver.extend(raw.giver);
        words.helped.extend(raw.helped);
        words.doer.extend(raw.doer);
        words.people.extend(raw.people);
        words.people.extend(raw.enterprises.iter().cloned());
        words.enterprises.extend(raw.enterprises);
        words.hurting.extend(raw.hurting);
        words.companion.extend(raw.companion);
        words.quoted.extend(raw.quoted);
        words.onset.extend(raw.onset);
        words.motion.extend(raw.motion);
        words.goal.extend(raw.goal);
        for (code, held) in [
            (&raw.refusal, &mut words.refusal),
            (&raw.demand, &mut words.demand),
            (&raw.promise, &mut words.promise),
            (&raw.allegation, &mut words.allegation),
            (&raw.together, &mut words.together),
            (&raw.praise, &mut words.praise),
            (&raw.deployment, &mut words.deployment),
        ] {
            if let Some(code) = code.as_ref().filter(|code| self.counts(code)) {
                *held = Some(self.relation(code)?);
            }
        }
        words.time.extend(raw.time);
        Ok(())
    }

    /// Whether a relation that is named is to be looked up, or passed over.
    fn counts(&self, code: &Spanned<String>) -> bool {
        !self.lenient || self.ontology.relation(code.get_ref()).is_some()
    }

    fn relation(&self, code: &Spanned<String>) -> Result<Name, FrameError> {
        if let Some(relation) = self.ontology.relation(code.get_ref()) {
            return Ok(relation.code.clone());
        }
        let near = nearest(
            code.get_ref(),
            self.ontology.relations.keys().map(|code| &**code),
        );
        let hint = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
        Err(self.bad(
            code.span(),
            format!("'{}' is no relation of the ontology{hint}", code.get_ref()),
        ))
    }

    fn kinds(&self, names: &[Spanned<String>]) -> Result<Vec<Name>, FrameError> {
        let kind = |name: &Spanned<String>| {
            if let Some(kind) = self.ontology.types.get(name.get_ref().as_str()) {
                return Ok(kind.name.clone());
            }
            let near = nearest(
                name.get_ref(),
                self.ontology.types.keys().map(|name| &**name),
            );
            let hint = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
            Err(self.bad(
                name.span(),
                format!("'{}' is no class of the ontology{hint}", name.get_ref()),
            ))
        };
        names.iter().map(kind).collect()
    }

    fn paths(&self, paths: &[Spanned<String>]) -> Result<Vec<Path>, FrameError> {
        paths.iter().map(|path| self.path(path)).collect()
    }

    fn path(&self, path: &Spanned<String>) -> Result<Path, FrameError> {
        path.get_ref()
            .split('/')
            .map(|slot| self.slot(slot, path.span()))
            .collect()
    }

    fn slot(&self, name: &str, span: Range<usize>) -> Result<Slot, FrameError> {
        Ok(match name {
            "subject" => Slot::Subject,
            "object" => Slot::Object,
            "indirect" => Slot::Indirect,
            "attribute" => Slot::Attribute,
            "possessor" => Slot::Possessor,
            "modifier" => Slot::Modifier,
            "owner" => Slot::Owner,
            "apposition" => Slot::Apposition,
            "bracket" => Slot::Bracket,
            "clause" => Slot::Clause,
            "infinitive" => Slot::Infinitive,
            "subjunctive" => Slot::Subjunctive,
            "mover" => Slot::Mover,
            "intender" => Slot::Intender,
            _ if !name.is_empty()
                && name
                    .chars()
                    .all(|letter| letter.is_lowercase() || letter == ' ') =>
            {
                Slot::Under(name.to_owned())
            }
            _ => {
                return Err(self.bad(
                    span,
                    format!("'{name}' is no slot: write subject, object, …, or a preposition"),
                ));
            }
        })
    }

    fn conditions(
        &self,
        raw: BTreeMap<Spanned<String>, Vec<String>>,
    ) -> Result<Vec<Condition>, FrameError> {
        raw.into_iter()
            .map(|(path, lemmas)| Ok((self.path(&path)?, with_parts(lemmas))))
            .collect()
    }

    fn rule(&self, id: &Spanned<String>) -> Name {
        let file = self
            .file
            .trim_start_matches("frames/")
            .trim_end_matches(".toml");
        format!("{file}/{}", id.get_ref()).into()
    }

    fn bad(&self, span: Range<usize>, message: String) -> FrameError {
        let before = self.text.get(..span.start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        FrameError::Bad {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
        }
    }
}

fn entries(words: &[String]) -> Vec<Vec<String>> {
    words
        .iter()
        .map(|entry| entry.split_whitespace().map(str::to_lowercase).collect())
        .collect()
}

/// Words of a condition, those with hyphens also as tokenisers of English write them ("cease - fire").
fn with_parts(mut lemmas: Vec<String>) -> Vec<String> {
    let apart: Vec<String> = lemmas
        .iter()
        .filter(|lemma| lemma.contains('-'))
        .map(|lemma| lemma.replace('-', " - "))
        .collect();
    lemmas.extend(apart);
    lemmas
}

fn examples(raw: Vec<RawExample>) -> Vec<Example> {
    raw.into_iter().map(example).collect()
}

fn example(raw: RawExample) -> Example {
    Example {
        text: raw.text,
        published: raw.published,
        claims: raw.claims,
    }
}

/// The known name that looks most like `wrong`, if one does.
fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|name| {
            (
                strsim::jaro_winkler(&wrong.to_lowercase(), &name.to_lowercase()),
                name,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, name)| name)
}
