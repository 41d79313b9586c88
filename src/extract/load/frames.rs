//! A file of frames and attachments.

use std::ops::Range;

use toml::Spanned;

use super::{
    FrameError, Reader,
    raw::{RawAttachment, RawExample, RawFile, RawFrame},
};
use crate::{
    claim::Name,
    extract::{
        attach,
        frames::{Attachment, Example, Frame, Frames, Operator, Words},
    },
};

/// What the files of a language hold.
#[derive(Default)]
pub(super) struct Read {
    pub(super) frames: Vec<Frame>,
    pub(super) operators: Vec<Operator>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) sentences: Vec<(Name, Example)>,
}

impl Read {
    pub(super) fn with(self, words: Words) -> Frames {
        Frames::new(
            self.frames,
            self.operators,
            self.attachments,
            self.sentences,
            words,
        )
    }
}

impl Reader<'_> {
    pub(super) fn frames(&self, read: &mut Read) -> Result<(), FrameError> {
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
            told_by: self.paths(&raw.told_by)?,
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
}

pub(super) fn entries(words: &[String]) -> Vec<Vec<String>> {
    words
        .iter()
        .map(|entry| entry.split_whitespace().map(str::to_lowercase).collect())
        .collect()
}

pub(super) fn examples(raw: Vec<RawExample>) -> Vec<Example> {
    raw.into_iter().map(example).collect()
}

fn example(raw: RawExample) -> Example {
    Example {
        text: raw.text,
        published: raw.published,
        claims: raw.claims,
        given: raw.given,
    }
}
