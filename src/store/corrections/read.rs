//! The files of corrections: `corrections = [ { … }, { … } ]`, a table a correction, each on a line of its own.
//!
//! | keys | meaning |
//! |---|---|
//! | `merge`, `into` | the first actor is the second |
//! | `split`, `into`, `documents`, perhaps `type`, `label` | in these documents the first actor is the second |
//! | `retype`, `type` | the actor is of this type |
//! | `retract` | the claim is not what the text says |
//! | `confirm` | the claim is what the text says |
//! | `change`, and `subject`, `relation`, `object`, `polarity`, `modality`, `when` | the claim should read so |
//!
//! Each also has `author`, `date` and `reason`.

use std::{path::Path, str::FromStr};

use serde::de::{DeserializeOwned, IntoDeserializer, value::StrDeserializer};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Change, Correction, StoreError, What};
use crate::{claim::Name, document::PartialDate, ontology::Ontology};

const KINDS: [&str; 6] = ["merge", "split", "retype", "retract", "confirm", "change"];

/// The corrections in the text of a file.
pub(super) fn read(
    text: &str,
    file: &Path,
    ontology: &Ontology,
) -> Result<Vec<Correction>, StoreError> {
    let place = Place { text, file };
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        place.error(at, error.message().to_owned())
    })?;
    let mut corrections = Vec::new();
    for (key, value) in table.get_ref() {
        let list = match (&**key.get_ref(), value.get_ref().as_array()) {
            ("corrections", Some(list)) => list,
            (other, _) => {
                let message =
                    format!("'{other}': a file of corrections holds corrections = [ {{ … }} ]");
                return Err(place.error(key.span().start, message));
            }
        };
        for item in list {
            let Some(table) = item.get_ref().as_table() else {
                let message = "a correction is a table: { retract = \"…\", … }".to_owned();
                return Err(place.error(item.span().start, message));
            };
            let row = Row {
                table,
                at: item.span().start,
                place: &place,
            };
            corrections.push(row.correction(ontology)?);
        }
    }
    Ok(corrections)
}

struct Place<'a> {
    text: &'a str,
    file: &'a Path,
}

impl Place<'_> {
    fn line(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or("");
        before.matches('\n').count() + 1
    }

    fn error(&self, at: usize, message: String) -> StoreError {
        StoreError::Correction {
            file: self.file.to_owned(),
            line: self.line(at),
            message,
        }
    }
}

/// A correction on its way in.
struct Row<'a> {
    table: &'a DeTable<'a>,
    at: usize,
    place: &'a Place<'a>,
}

impl Row<'_> {
    fn correction(&self, ontology: &Ontology) -> Result<Correction, StoreError> {
        let kinds: Vec<&str> = KINDS
            .into_iter()
            .filter(|kind| self.value(kind).is_some())
            .collect();
        let [kind] = kinds[..] else {
            let message = format!("a correction has one of these keys: {}", KINDS.join(", "));
            return Err(self.error(message));
        };
        let own: &[&str] = match kind {
            "merge" => &["into"],
            "split" => &["into", "documents", "type", "label"],
            "retype" => &["type"],
            "change" => &[
                "subject", "relation", "object", "polarity", "modality", "when",
            ],
            _ => &[],
        };
        self.check_keys(kind, own)?;
        Ok(Correction {
            what: self.what(kind, ontology)?,
            author: self.text("author")?.to_owned(),
            date: self.date("date")?.ok_or_else(|| self.missing("date"))?,
            reason: self.text("reason")?.to_owned(),
            file: self.place.file.to_owned(),
            line: self.place.line(self.at),
        })
    }

    fn check_keys(&self, kind: &str, own: &[&str]) -> Result<(), StoreError> {
        for (key, _) in self.table {
            let name = &**key.get_ref();
            if name != kind && !own.contains(&name) && !["author", "date", "reason"].contains(&name)
            {
                let own = [own, &["author", "date", "reason"]].concat().join(", ");
                let message = format!("'{name}': beside {kind} stand {own}");
                return Err(self.place.error(key.span().start, message));
            }
        }
        Ok(())
    }

    fn what(&self, kind: &str, ontology: &Ontology) -> Result<What, StoreError> {
        Ok(match kind {
            "merge" => What::Merge {
                from: self.name("merge")?,
                into: self.name("into")?,
            },
            "split" => What::Split {
                from: self.name("split")?,
                into: self.name("into")?,
                documents: self.texts("documents")?,
                kind: self
                    .optional("type")?
                    .map(|_| self.kind(ontology))
                    .transpose()?,
                label: self.optional("label")?.map(str::to_owned),
            },
            "retype" => What::Retype {
                entity: self.name("retype")?,
                kind: self.kind(ontology)?,
            },
            "retract" => What::Retract {
                claim: self.claim("retract")?,
            },
            "confirm" => What::Confirm {
                claim: self.claim("confirm")?,
            },
            _ => What::Change {
                claim: self.claim("change")?,
                change: self.change(ontology)?,
            },
        })
    }

    fn change(&self, ontology: &Ontology) -> Result<Change, StoreError> {
        let name = |key| Ok::<_, StoreError>(self.optional(key)?.map(Name::from));
        let relation = match self.optional("relation")? {
            None => None,
            Some(text) => {
                let known = ontology
                    .relation(&text.to_uppercase())
                    .or_else(|| ontology.relation_by_property(text));
                let message = || format!("relation = \"{text}\": there is no such relation");
                Some(
                    known
                        .ok_or_else(|| self.error_at("relation", message()))?
                        .code
                        .clone(),
                )
            }
        };
        let change = Change {
            subject: name("subject")?,
            relation,
            object: name("object")?,
            polarity: self.choice("polarity", "positive or negative")?,
            modality: self.choice(
                "modality",
                "asserted, planned, possible, demanded or hypothetical",
            )?,
            when: self.date("when")?,
        };
        if change == Change::default() {
            return Err(self.error("a change says what should be changed".to_owned()));
        }
        Ok(change)
    }

    fn choice<T: DeserializeOwned>(
        &self,
        key: &str,
        choices: &str,
    ) -> Result<Option<T>, StoreError> {
        let Some(text) = self.optional(key)? else {
            return Ok(None);
        };
        let input: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
        let message = format!("{key} = \"{text}\": write {choices}");
        T::deserialize(input)
            .map(Some)
            .map_err(|_| self.error_at(key, message))
    }

    fn kind(&self, ontology: &Ontology) -> Result<Name, StoreError> {
        let text = self.text("type")?;
        let known = ontology.types.get_key_value(text);
        let message = || format!("type = \"{text}\": the ontology has no such type");
        let (name, _) = known.ok_or_else(|| self.error_at("type", message()))?;
        Ok(name.clone())
    }

    fn claim(&self, key: &str) -> Result<String, StoreError> {
        let id = self.text(key)?;
        if super::super::folder::is_hash(id) {
            return Ok(id.to_owned());
        }
        let message = format!("'{id}' is no claim's whole id: 32 digits and letters a to f");
        Err(self.error_at(key, message))
    }

    /// A date in quotes or without.
    fn date(&self, key: &str) -> Result<Option<PartialDate>, StoreError> {
        let Some(value) = self.value(key) else {
            return Ok(None);
        };
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            _ => return Err(self.error_at(key, format!("{key} is no date"))),
        };
        PartialDate::from_str(&text)
            .map(Some)
            .map_err(|message| self.error_at(key, message))
    }

    fn name(&self, key: &str) -> Result<Name, StoreError> {
        self.text(key).map(Name::from)
    }

    fn text(&self, key: &str) -> Result<&str, StoreError> {
        self.optional(key)?.ok_or_else(|| self.missing(key))
    }

    fn optional(&self, key: &str) -> Result<Option<&str>, StoreError> {
        let Some(value) = self.value(key) else {
            return Ok(None);
        };
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Ok(Some(text)),
            _ => Err(self.error_at(key, format!("{key} is no text in quotes, or an empty one"))),
        }
    }

    fn texts(&self, key: &str) -> Result<Vec<String>, StoreError> {
        let value = self.value(key).ok_or_else(|| self.missing(key))?;
        let wrong = || self.error_at(key, format!("{key} is a list of texts in quotes"));
        let list = value.get_ref().as_array().ok_or_else(wrong)?;
        let text = |item: &Spanned<DeValue<'_>>| {
            item.get_ref().as_str().map(str::to_owned).ok_or_else(wrong)
        };
        list.iter().map(text).collect()
    }

    fn value(&self, key: &str) -> Option<&Spanned<DeValue<'_>>> {
        self.table
            .iter()
            .find(|(name, _)| &**name.get_ref() == key)
            .map(|(_, value)| value)
    }

    fn missing(&self, key: &str) -> StoreError {
        self.error(format!("the correction has no {key}"))
    }

    fn error(&self, message: String) -> StoreError {
        self.place.error(self.at, message)
    }

    fn error_at(&self, key: &str, message: String) -> StoreError {
        let at = self.value(key).map_or(self.at, |value| value.span().start);
        self.place.error(at, message)
    }
}
