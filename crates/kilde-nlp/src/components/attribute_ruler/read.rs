//! Reads the attribute ruler's file: a list of rules, each with patterns, the attributes to set, and the index of the token to set
//! them on. What is not implemented is refused by its name.

use std::path::Path;

use super::{Attribute, Condition, Rule, Test, TokenPatterns};
use crate::annotation::{Label, closed_label};
use crate::error::LoadError;
use crate::packed::Packed;
use crate::pattern::Pattern;

/// The rules of a file and their patterns.
pub(super) fn rules(
    file: &Packed,
    path: &Path,
) -> Result<(Vec<Rule>, Vec<TokenPatterns>), LoadError> {
    let reader = Reader { path };
    let (mut rules, mut patterns) = (Vec::new(), Vec::new());
    for item in reader.list(Some(file), "the file")? {
        let rule = reader.rule(item)?;
        for tokens in reader.list(item.get("patterns"), "patterns")? {
            let tokens = reader.token_patterns(tokens)?;
            if !targets(rule.index, tokens.len()) {
                return Err(reader.malformed("an index outside its pattern"));
            }
            patterns.push(TokenPatterns {
                rule: rules.len(),
                tokens,
            });
        }
        rules.push(rule);
    }
    Ok((rules, patterns))
}

/// Features in UD's form as spaCy normalises them: sorted, with sorted values; `_` is none.
pub(super) fn normal_morph(features: &str) -> String {
    let pairs = features
        .split('|')
        .filter_map(|feature| feature.split_once('='));
    let mut features: Vec<String> = pairs
        .map(|(name, values)| format!("{name}={}", sorted(values)))
        .collect();
    features.sort_unstable();
    features.join("|")
}

fn sorted(values: &str) -> String {
    let mut values: Vec<&str> = values.split(',').collect();
    values.sort_unstable();
    values.join(",")
}

fn targets(index: i64, length: usize) -> bool {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    (-length..length).contains(&index)
}

struct Reader<'a> {
    path: &'a Path,
}

impl Reader<'_> {
    fn rule(&self, item: &Packed) -> Result<Rule, LoadError> {
        let index = match item.get("index") {
            None => 0,
            Some(Packed::Int(index)) => *index,
            Some(Packed::UInt(index)) => i64::try_from(*index).unwrap_or(i64::MAX),
            Some(_) => return Err(self.malformed("an index that is no number")),
        };
        let attributes = item.get("attrs").and_then(Packed::map);
        let attributes = attributes.ok_or_else(|| self.malformed("a rule without attrs"))?;
        let changes = attributes
            .iter()
            .map(|(name, value)| self.change(name, value));
        Ok(Rule {
            changes: changes.collect::<Result<_, _>>()?,
            index,
        })
    }

    fn change(&self, name: &Packed, value: &Packed) -> Result<(Attribute, Label), LoadError> {
        let attribute = self.attribute(name)?;
        if matches!(
            attribute,
            Attribute::Orth | Attribute::Lower | Attribute::IsSpace
        ) {
            return Err(self.unsupported(format!("setting the attribute {name:?}")));
        }
        let value = value
            .text()
            .ok_or_else(|| self.malformed("a value to set that is no text"))?;
        let value = if attribute == Attribute::Morph {
            normal_morph(value)
        } else {
            value.to_owned()
        };
        Ok((attribute, closed_label(&value)))
    }

    fn token_patterns(&self, tokens: &Packed) -> Result<Vec<Vec<Test>>, LoadError> {
        let tokens = self.list(Some(tokens), "a pattern")?;
        if tokens.is_empty() {
            return Err(self.malformed("a pattern without tokens"));
        }
        tokens.iter().map(|tests| self.tests(tests)).collect()
    }

    fn tests(&self, tests: &Packed) -> Result<Vec<Test>, LoadError> {
        let tests = tests
            .map()
            .ok_or_else(|| self.malformed("a token of a pattern that is no map"))?;
        let mut read = Vec::new();
        for (name, value) in tests {
            let attribute = self.attribute(name)?;
            if attribute == Attribute::Morph {
                return Err(self.unsupported("the attribute 'MORPH' in a pattern".to_owned()));
            }
            for condition in self.conditions(value)? {
                let is_flag = matches!(condition, Condition::Flag(_));
                if is_flag != (attribute == Attribute::IsSpace) {
                    return Err(self.unsupported(format!("{value:?} for the attribute {name:?}")));
                }
                read.push(Test {
                    attribute,
                    condition,
                });
            }
        }
        Ok(read)
    }

    fn conditions(&self, value: &Packed) -> Result<Vec<Condition>, LoadError> {
        match value {
            Packed::Text(text) => Ok(vec![Condition::Is(text.to_string())]),
            Packed::Bool(flag) => Ok(vec![Condition::Flag(*flag)]),
            Packed::Map(operators) => operators
                .iter()
                .map(|(name, value)| self.operator(name, value))
                .collect(),
            _ => Err(self.unsupported(format!("the value {value:?} in a pattern"))),
        }
    }

    fn operator(&self, name: &Packed, value: &Packed) -> Result<Condition, LoadError> {
        let words = || {
            let words = self
                .list(Some(value), "the operand of IN or NOT_IN")?
                .iter()
                .map(|word| word.text().map(str::to_owned));
            words
                .collect::<Option<_>>()
                .ok_or_else(|| self.malformed("an operand that is no text"))
        };
        match name.text() {
            Some("IN") => Ok(Condition::In(words()?)),
            Some("NOT_IN") => Ok(Condition::NotIn(words()?)),
            Some("REGEX") => {
                let python = value
                    .text()
                    .ok_or_else(|| self.malformed("a REGEX that is no text"))?;
                Pattern::search(python)
                    .map(Condition::Regex)
                    .map_err(|what| self.unsupported(what))
            }
            _ => Err(self.unsupported(format!("the operator {name:?}"))),
        }
    }

    /// spaCy takes names of attributes in either case.
    fn attribute(&self, name: &Packed) -> Result<Attribute, LoadError> {
        Ok(match name.text().map(str::to_ascii_uppercase).as_deref() {
            Some("ORTH" | "TEXT") => Attribute::Orth,
            Some("LOWER") => Attribute::Lower,
            Some("NORM") => Attribute::Norm,
            Some("TAG") => Attribute::Tag,
            Some("POS") => Attribute::Pos,
            Some("MORPH") => Attribute::Morph,
            Some("DEP") => Attribute::Dep,
            Some("LEMMA") => Attribute::Lemma,
            Some("IS_SPACE") => Attribute::IsSpace,
            _ => return Err(self.unsupported(format!("the attribute or operator {name:?}"))),
        })
    }

    fn list<'p>(&self, value: Option<&'p Packed>, what: &str) -> Result<&'p [Packed], LoadError> {
        value
            .and_then(Packed::list)
            .ok_or_else(|| self.malformed(&format!("no list where {what} should be")))
    }

    fn malformed(&self, what: &str) -> LoadError {
        LoadError::malformed(self.path, what)
    }

    fn unsupported(&self, what: String) -> LoadError {
        let component = "attribute_ruler".to_owned();
        LoadError::Unsupported {
            component,
            what,
            path: self.path.to_owned(),
        }
    }
}
