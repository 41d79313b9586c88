//! Names of relations, classes and slots, looked up; what is wrong with one, and what was probably meant.

use std::{collections::BTreeMap, ops::Range};

use toml::Spanned;

use super::{FrameError, Reader};
use crate::{
    claim::Name,
    extract::frames::{Condition, Path, Slot},
};

impl Reader<'_> {
    pub(super) fn relation(&self, code: &Spanned<String>) -> Result<Name, FrameError> {
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

    pub(super) fn kinds(&self, names: &[Spanned<String>]) -> Result<Vec<Name>, FrameError> {
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

    pub(super) fn paths(&self, paths: &[Spanned<String>]) -> Result<Vec<Path>, FrameError> {
        paths.iter().map(|path| self.path(path)).collect()
    }

    fn path(&self, path: &Spanned<String>) -> Result<Path, FrameError> {
        path.get_ref()
            .split('/')
            .map(|slot| self.slot(slot, path.span()))
            .collect()
    }

    pub(super) fn slot(&self, name: &str, span: Range<usize>) -> Result<Slot, FrameError> {
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
            "act" => Slot::Act,
            "condition" => Slot::Condition,
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

    pub(super) fn conditions(
        &self,
        raw: BTreeMap<Spanned<String>, Vec<String>>,
    ) -> Result<Vec<Condition>, FrameError> {
        raw.into_iter()
            .map(|(path, lemmas)| Ok((self.path(&path)?, with_parts(lemmas))))
            .collect()
    }

    pub(super) fn rule(&self, id: &Spanned<String>) -> Name {
        let file = self
            .file
            .trim_start_matches("frames/")
            .trim_end_matches(".toml");
        format!("{file}/{}", id.get_ref()).into()
    }
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
