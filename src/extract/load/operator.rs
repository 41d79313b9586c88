//! Operators.

use toml::Spanned;

use super::{
    FrameError, Reader,
    frames::{entries, examples},
    raw::RawOperator,
};
use crate::{
    claim::Modality,
    extract::frames::{Embedded, EmitOn, Operator, Slot},
};

impl Reader<'_> {
    pub(super) fn operator(&self, raw: RawOperator) -> Result<Operator, FrameError> {
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
            emit_denied: raw
                .emit_denied
                .as_ref()
                .filter(|relation| self.counts(relation))
                .map(|relation| self.relation(relation))
                .transpose()?,
            own: raw.own,
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
            holds_if_denied: raw.holds_if_denied,
            done_in_past: raw.done_in_past,
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
}
