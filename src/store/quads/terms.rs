//! Nodes and literals that statements end in.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use crate::{
    claim::{MentionKind, Modality, Polarity},
    document::PartialDate,
    ontology::vocab,
    store::base::segment,
};

/// The individual that stands for a polarity.
pub(in crate::store) fn polarity_node(polarity: Polarity) -> NamedNodeRef<'static> {
    match polarity {
        Polarity::Positive => vocab::POSITIVE,
        Polarity::Negative => vocab::NEGATIVE,
    }
}

/// The individual that stands for a modality.
pub(in crate::store) fn modality_node(modality: Modality) -> NamedNodeRef<'static> {
    match modality {
        Modality::Asserted => vocab::ASSERTED,
        Modality::Planned => vocab::PLANNED,
        Modality::Possible => vocab::POSSIBLE,
        Modality::Demanded => vocab::DEMANDED,
        Modality::Hypothetical => vocab::HYPOTHETICAL,
    }
}

/// The individual that stands for a kind of mention.
pub(in crate::store) fn mention_kind_node(kind: MentionKind) -> NamedNodeRef<'static> {
    match kind {
        MentionKind::Name => vocab::NAME_MENTION,
        MentionKind::Nominal => vocab::NOMINAL_MENTION,
        MentionKind::Pronoun => vocab::PRONOUN_MENTION,
    }
}

/// A label or name in a language; a tag that is none is written as undetermined.
pub(in crate::store) fn tagged(text: &str, lang: &str) -> Literal {
    Literal::new_language_tagged_literal(text, lang)
        .unwrap_or_else(|_| Literal::new_language_tagged_literal_unchecked(text, "und"))
}

/// A term of the ontology's namespace whose name comes from outside the program.
pub(super) fn kilde_checked(local: &str) -> NamedNode {
    vocab::kilde(&segment(local))
}

/// A whole number.
pub(super) fn integer(number: usize) -> Literal {
    Literal::new_typed_literal(number.to_string(), vocab::XSD_INTEGER)
}

/// A share with four digits, in the canonical form: no zero at the end, no point without digits.
pub(super) fn decimal(share: f64) -> String {
    let text = format!("{share:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

/// A day as a typed literal.
pub(super) fn day_literal(day: String) -> Literal {
    Literal::new_typed_literal(day, vocab::XSD_DATE)
}

/// A date with the type that says how precise it is.
pub(in crate::store) fn date_literal(date: PartialDate) -> Literal {
    let kind = match (date.month, date.day) {
        (None, _) => vocab::XSD_YEAR,
        (_, None) => vocab::XSD_YEAR_MONTH,
        _ => vocab::XSD_DATE,
    };
    Literal::new_typed_literal(date.to_string(), kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_canonical() {
        for (share, expected) in [
            (0.94, "0.94"),
            (1.0, "1"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.123_456, "0.1235"),
            (0.5, "0.5"),
        ] {
            assert_eq!(decimal(share), expected);
        }
    }
}
