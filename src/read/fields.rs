//! What an input says of its article before anything is checked: named values, each with the place where it stands, so
//! that a bad date is reported at its line. Front matter, JSON objects and pages all come down to this.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::{Place, Problem, ReadError};
use crate::document::{Lang, Metadata, PartialDate};

/// The fields that mean something to Kilde; all others are kept as they are.
pub(super) const KNOWN: [&str; 6] = ["id", "title", "date", "lang", "publisher", "url"];

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) value: String,
    pub(super) place: Place,
}

/// Named values; none of them is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(BTreeMap<String, Field>);

impl Fields {
    /// Notes a value, unless it is empty.
    pub(super) fn set(&mut self, name: &str, value: &str, place: &Place) {
        let value = value.trim();
        if !value.is_empty() {
            let field = Field {
                value: value.to_owned(),
                place: place.clone(),
            };
            self.0.insert(name.to_owned(), field);
        }
    }

    /// The values of a JSON object. `null` is as good as absent; a known field must be a string or a number.
    pub(super) fn from_json(object: Map<String, Value>, place: &Place) -> Result<Self, ReadError> {
        let mut fields = Self::default();
        for (name, value) in object {
            match value {
                Value::Null => {}
                Value::String(value) => fields.set(&name, &value, place),
                Value::Number(number) => fields.set(&name, &number.to_string(), place),
                other if KNOWN.contains(&name.as_str()) => {
                    let found = sort_of(&other);
                    return Err(place.error(Problem::Field { name, found }));
                }
                other => fields.set(&name, &other.to_string(), place),
            }
        }
        Ok(fields)
    }

    /// These values, and those of `others` where there is none.
    pub(super) fn or(mut self, others: Self) -> Self {
        for (name, field) in others.0 {
            self.0.entry(name).or_insert(field);
        }
        self
    }

    /// Takes a value out.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).map(|field| field.value)
    }

    /// Takes the declared language out: an error if Kilde does not read it.
    pub(super) fn take_lang(&mut self) -> Result<Option<Lang>, ReadError> {
        let Some(field) = self.0.remove("lang") else {
            return Ok(None);
        };
        match Lang::from_tag(&field.value) {
            Some(lang) => Ok(Some(lang)),
            None => Err(field.place.error(Problem::UnknownLanguage {
                language: field.value,
                how: "is declared as",
            })),
        }
    }

    /// Takes the metadata out: an error if the date is none.
    pub(super) fn take_metadata(&mut self) -> Result<Metadata, ReadError> {
        let date = self.0.remove("date").map(|field| {
            let date = field.value.parse::<PartialDate>();
            date.map_err(|message| field.place.error(Problem::Date { message }))
        });
        Ok(Metadata {
            title: self.take("title"),
            date: date.transpose()?,
            publisher: self.take("publisher"),
            url: self.take("url"),
        })
    }

    /// What is left.
    pub(super) fn into_extra(self) -> BTreeMap<String, String> {
        let values = self.0.into_iter();
        values.map(|(name, field)| (name, field.value)).collect()
    }
}

/// What sort of JSON value it is, in words.
pub(super) fn sort_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn fields(json: &str) -> Result<Fields, ReadError> {
        let place = Place::of(Path::new("a.jsonl")).at_line(17);
        Fields::from_json(serde_json::from_str(json).unwrap(), &place)
    }

    #[test]
    fn values_become_metadata() {
        let mut read = fields(
            r#"{"id": 12, "title": " A ", "date": 2024, "lang": "no", "url": null, "tags": ["x"], "by": "B"}"#,
        )
        .unwrap();
        assert_eq!(read.take("id").as_deref(), Some("12"));
        assert_eq!(read.take_lang().unwrap(), Some(Lang::Nb));
        let metadata = read.take_metadata().unwrap();
        assert_eq!(metadata.title.as_deref(), Some("A"));
        assert_eq!(metadata.date, "2024".parse().ok());
        assert_eq!(metadata.url, None);
        let extra = read.into_extra();
        assert_eq!(extra["tags"], r#"["x"]"#);
        assert_eq!(extra["by"], "B");
    }

    #[test]
    fn bad_values_are_reported_where_they_stand() {
        let error = fields(r#"{"title": ["A"]}"#).unwrap_err();
        assert_eq!(error.kind(), "bad-field");
        let error = fields(r#"{"date": "12.10.2017"}"#)
            .unwrap()
            .take_metadata()
            .unwrap_err();
        assert_eq!(error.kind(), "bad-date");
        assert!(
            error
                .to_string()
                .starts_with("a.jsonl:17: the field \"date\": '12.10.2017'")
        );
        let error = fields(r#"{"lang": "sv"}"#)
            .unwrap()
            .take_lang()
            .unwrap_err();
        assert!(error.to_string().contains("is declared as sv"), "{error}");
    }
}
