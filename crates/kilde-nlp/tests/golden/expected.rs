//! Reads a golden file, and counts where an answer differs from it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One paragraph and what spaCy says of its tokens.
#[derive(Deserialize)]
pub(crate) struct Paragraph {
    pub(crate) text: String,
    pub(crate) tokens: Vec<Row>,
}

/// One token, in the order of the file.
#[derive(Debug, Deserialize)]
pub(crate) struct Row(
    pub(crate) usize,
    pub(crate) usize,
    pub(crate) bool,
    pub(crate) String,
    pub(crate) String,
    pub(crate) String,
    pub(crate) String,
    pub(crate) String,
    pub(crate) String,
    pub(crate) String,
    pub(crate) usize,
    pub(crate) String,
    pub(crate) String,
    pub(crate) String,
    pub(crate) String,
    pub(crate) bool,
);

impl Row {
    /// Where the token stands, and whether a space follows.
    pub(crate) fn span(&self) -> (usize, usize, bool) {
        (self.0, self.1, self.2)
    }

    /// What the components say, by layer.
    pub(crate) fn layers(&self) -> [(&'static str, String); 10] {
        [
            ("norm", self.3.clone()),
            ("tag", self.7.clone()),
            ("pos", self.8.clone()),
            ("morph", self.9.clone()),
            ("head", self.10.to_string()),
            ("dep", self.11.clone()),
            ("lemma", self.12.clone()),
            ("iob", self.13.clone()),
            ("entity", self.14.clone()),
            ("sentence", self.15.to_string()),
        ]
    }
}

/// The paragraphs of a golden file of this folder.
pub(crate) fn read(name: &str) -> Vec<Paragraph> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What differs, by layer: how often, and the first examples.
#[derive(Default)]
pub(crate) struct Differences {
    compared: usize,
    layers: BTreeMap<&'static str, Vec<String>>,
}

impl Differences {
    /// Compares one value of a token with the expected one.
    pub(crate) fn compare(&mut self, layer: &'static str, word: &str, expected: &str, found: &str) {
        self.compared += 1;
        if expected != found {
            let example = format!("{word:?}: {found:?} instead of {expected:?}");
            self.layers.entry(layer).or_default().push(example);
        }
    }

    /// Fails if anything differs, or if next to nothing was compared.
    #[track_caller]
    pub(crate) fn assert_none(&self) {
        const SHOWN: usize = 5;
        assert!(
            self.compared > 10_000,
            "only {} values were compared",
            self.compared
        );
        let reports = self.layers.iter().map(|(layer, examples)| {
            let shown = examples.iter().take(SHOWN).map(String::as_str);
            let shown = shown.collect::<Vec<_>>().join("\n  ");
            format!("{layer}: {} differ\n  {shown}\n", examples.len())
        });
        let report: String = reports.collect();
        assert!(report.is_empty(), "of {} values:\n{report}", self.compared);
    }
}
