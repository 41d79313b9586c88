//! The `moves` file: which actions a transition system has, in the order of the network's outputs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::annotation::{Label, closed_label};
use crate::error::LoadError;
use crate::packed::Packed;

/// An action: its kind, as numbered by spaCy's transition system, and its label (empty if it has none).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Action {
    /// Kind.
    pub(crate) kind: u8,
    /// Label.
    pub(crate) label: Label,
}

/// Reads the actions of the component directory `folder`, `kinds` kinds at most.
pub(crate) fn load(folder: &Path, kinds: u8) -> Result<Vec<Action>, LoadError> {
    let path = folder.join("moves");
    let parsed = Packed::read(&path)?;
    let json = parsed
        .get("moves")
        .and_then(Packed::bytes)
        .unwrap_or_default();
    let labels: BTreeMap<String, BTreeMap<String, i64>> = serde_json::from_slice(json)
        .map_err(|error| LoadError::malformed(&path, format!("its actions: {error}")))?;
    order(labels, kinds).ok_or_else(|| LoadError::malformed(&path, "an action of unknown kind"))
}

/// spaCy numbers actions by kind, then by falling frequency and label; labels added after training (with negative
/// frequencies) come last, whatever their kind.
fn order(labels: BTreeMap<String, BTreeMap<String, i64>>, kinds: u8) -> Option<Vec<Action>> {
    let mut actions: Vec<Action> = Vec::new();
    let mut added: Vec<(i64, String, u8)> = Vec::new();
    for (kind, frequencies) in labels {
        let kind: u8 = kind.parse().ok().filter(|kind| *kind < kinds)?;
        let mut sorted: Vec<(i64, String)> = frequencies
            .into_iter()
            .map(|(label, frequency)| (frequency, label))
            .collect();
        sorted.sort_by(|one, other| other.cmp(one));
        for (frequency, label) in sorted {
            if frequency < 0 {
                added.push((frequency, label, kind));
            } else {
                push(&mut actions, kind, &label);
            }
        }
    }
    added.sort_by(|one, other| (other.0, &other.1, one.2).cmp(&(one.0, &one.1, other.2)));
    for (_, label, _) in &added {
        let kinds = added
            .iter()
            .filter(|(_, other, _)| other == label)
            .map(|(_, _, kind)| *kind);
        let kinds: BTreeSet<u8> = kinds.collect();
        for kind in kinds {
            push(&mut actions, kind, label);
        }
    }
    Some(actions)
}

fn push(actions: &mut Vec<Action>, kind: u8, label: &str) {
    let known = actions
        .iter()
        .any(|action| action.kind == kind && *action.label == *label);
    if !known {
        actions.push(Action {
            kind,
            label: closed_label(label),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_by_kind_frequency_and_label() {
        let json = r#"{"1":{"a":5,"b":7,"c":5},"0":{"":3},"2":{"d":-1,"e":1},"3":{"d":-1}}"#;
        let actions = order(serde_json::from_str(json).expect("valid"), 4).expect("known kinds");
        let names: Vec<String> = actions
            .iter()
            .map(|action| format!("{}{}", action.kind, action.label))
            .collect();
        assert_eq!(names, ["0", "1b", "1c", "1a", "2e", "2d", "3d"]);
    }

    #[test]
    fn refuses_unknown_kinds() {
        assert_eq!(
            order(serde_json::from_str(r#"{"9":{"":1}}"#).expect("valid"), 5),
            None
        );
        assert_eq!(
            order(serde_json::from_str(r#"{"x":{"":1}}"#).expect("valid"), 5),
            None
        );
    }
}
