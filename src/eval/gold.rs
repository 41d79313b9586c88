//! Gold files: a text, its entities and its claims (`NAME.txt`, `NAME.meta.json`, `NAME.entities.jsonl`, `NAME.claims.jsonl`).

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use fancy_regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::text::{CodePoints, Span};

/// What is wrong with gold files.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// A file or folder cannot be read.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is no JSON object of the expected form.
    #[error("{}:{line}: {message}", .path.display())]
    Bad {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// There is no gold in the folder.
    #[error("{}: no NAME.claims.jsonl here or below", .0.display())]
    None(PathBuf),
}

/// A claim that a careful reader takes from the text.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldClaim {
    /// The words that carry it.
    #[serde(default)]
    pub quote: String,
    /// Where the words stand, in code points; found by the quote if absent.
    #[serde(default)]
    pub start: Option<usize>,
    /// One past their end.
    #[serde(default)]
    pub end: Option<usize>,
    /// Id of an entity of the document.
    pub subject: String,
    /// Code of the relation.
    pub relation: String,
    /// Id of an entity of the document.
    pub object: String,
    /// `positive` or `negative`.
    pub polarity: String,
    /// `asserted`, `planned`, ….
    pub modality: String,
    /// Id of who says so.
    #[serde(default)]
    pub speaker: Option<String>,
    /// ISO, as precise as known.
    #[serde(default)]
    pub date: Option<String>,
    /// Id of where it happened.
    #[serde(default)]
    pub place: Option<String>,
    /// Whether any careful reader would list it.
    pub required: bool,
    /// The sentences that the quote touches, in code points.
    #[serde(skip)]
    pub sentences: (usize, usize),
}

/// An entity of a gold text.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldEntity {
    /// Its id in the document.
    pub id: String,
    /// Its class.
    #[serde(rename = "type")]
    pub kind: String,
    /// Every form that the text uses as a name.
    pub names: Vec<String>,
    /// Its id in the gazetteer, if it should have one.
    #[serde(default)]
    pub actor: Option<String>,
    #[serde(skip)]
    folded: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Meta {
    lang: String,
}

/// A text with its gold.
#[derive(Clone, Debug)]
pub struct GoldDocument {
    /// Its name.
    pub id: String,
    /// Language tag.
    pub lang: String,
    /// The text.
    pub text: String,
    /// The text's file.
    pub path: PathBuf,
    /// Entities by id.
    pub entities: BTreeMap<String, GoldEntity>,
    /// Claims in the order of the file.
    pub claims: Vec<GoldClaim>,
    points: CodePoints,
}

/// Reads all gold in a folder and below, sorted by path, whose names the pattern admits.
///
/// # Errors
/// If there is none, or a file is missing or malformed.
pub fn read_gold(folder: &Path, only: &regex::Regex) -> Result<Vec<GoldDocument>, GoldError> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in walkdir::WalkDir::new(folder).follow_links(true) {
        let entry = entry.map_err(|error| GoldError::Io {
            path: folder.to_owned(),
            source: error.into(),
        })?;
        if entry
            .file_name()
            .to_string_lossy()
            .ends_with(".claims.jsonl")
        {
            files.push(entry.into_path());
        }
    }
    files.sort();
    let documents: Vec<GoldDocument> = files
        .iter()
        .filter(|path| only.is_match(&stem(path)))
        .map(|path| GoldDocument::read(path))
        .collect::<Result<_, _>>()?;
    if documents.is_empty() {
        Err(GoldError::None(folder.to_owned()))
    } else {
        Ok(documents)
    }
}

fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.trim_end_matches(".claims.jsonl").to_owned()
}

impl GoldDocument {
    fn read(path: &Path) -> Result<Self, GoldError> {
        let id = stem(path);
        let beside = |ending: &str| path.with_file_name(format!("{id}{ending}"));
        let text = read(&beside(".txt"))?;
        let meta_path = beside(".meta.json");
        let meta: Meta = serde_json::from_str(&read(&meta_path)?)
            .map_err(|error| bad(&meta_path, error.line(), &error))?;
        let mut entities: BTreeMap<String, GoldEntity> = BTreeMap::new();
        for mut entity in lines::<GoldEntity>(&beside(".entities.jsonl"))? {
            entity.folded = entity.names.iter().map(|name| fold(name)).collect();
            entities.insert(entity.id.clone(), entity);
        }
        let points = CodePoints::new(&text);
        let spans = sentences(&text, &points);
        let mut claims: Vec<GoldClaim> = lines(path)?;
        for (number, claim) in claims.iter_mut().enumerate() {
            for id in [
                Some(&claim.subject),
                Some(&claim.object),
                claim.speaker.as_ref(),
                claim.place.as_ref(),
            ]
            .into_iter()
            .flatten()
            {
                if !entities.contains_key(id) {
                    return Err(bad(
                        path,
                        number + 1,
                        &format!("'{id}' is no entity of this text"),
                    ));
                }
            }
            let (start, end) = match (claim.start, claim.end) {
                (Some(start), Some(end)) => (start, end),
                _ => match text.find(&claim.quote) {
                    Some(at) => points.of(Span::new(at, at + claim.quote.len())),
                    None => return Err(bad(path, number + 1, &"the quote is not in the text")),
                },
            };
            let mut touched = spans.iter().filter(|span| span.0 < end && start < span.1);
            let first = touched.next().copied().unwrap_or((start, end));
            claim.sentences = (first.0, touched.last().map_or(first.1, |last| last.1));
        }
        let path = beside(".txt");
        Ok(Self {
            id,
            lang: meta.lang,
            text,
            path,
            entities,
            claims,
            points,
        })
    }

    /// Whether an entity of ours (`{"id", "label", "mention": {"text"}}`) is the gold one; nobody is nobody.
    pub(super) fn is_entity(&self, ours: &Value, gold: Option<&str>) -> bool {
        let Some(gold) = gold.and_then(|id| self.entities.get(id)) else {
            return ours.is_null() && gold.is_none();
        };
        if ours.is_null() {
            return false;
        }
        let id = ours["id"].as_str().unwrap_or("");
        if !id.is_empty() && (id == gold.id || gold.actor.as_deref() == Some(id)) {
            return true;
        }
        let said = [ours["label"].as_str(), ours["mention"]["text"].as_str()];
        said.into_iter()
            .flatten()
            .any(|said| !said.is_empty() && gold.folded.contains(&fold(said)))
    }

    /// Number of code points of the text.
    pub(super) fn len(&self) -> usize {
        self.points.of(Span::new(0, self.text.len())).1
    }

    /// A stretch of the text by code points.
    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        self.points
            .bytes(start, end.min(self.len()))
            .map_or("", |span| span.slice(&self.text))
    }
}

fn read(path: &Path) -> Result<String, GoldError> {
    fs::read_to_string(path).map_err(|source| GoldError::Io {
        path: path.to_owned(),
        source,
    })
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, GoldError> {
    let text = read(path)?;
    let full = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    full.map(|(number, line)| {
        serde_json::from_str(line).map_err(|error| bad(path, number + 1, &error))
    })
    .collect()
}

fn bad(path: &Path, line: usize, message: &dyn std::fmt::Display) -> GoldError {
    GoldError::Bad {
        path: path.to_owned(),
        line,
        message: message.to_string(),
    }
}

/// Case, apostrophes, possessives and leading articles do not tell names apart.
pub(super) fn fold(text: &str) -> String {
    static ARTICLE: LazyLock<Option<regex::Regex>> =
        LazyLock::new(|| regex::Regex::new(r"^(the|den|det|de|dei)\s+").ok());
    let text: String = text
        .nfkc()
        .map(|one| if one == '\u{2019}' { '\'' } else { one })
        .collect();
    let lower = text.to_lowercase().replace('ß', "ss");
    let folded = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = ARTICLE.as_ref().map_or(folded.clone(), |article| {
        article.replace(&folded, "").into_owned()
    });
    match bare.strip_suffix("'s") {
        Some(owner) => owner.to_owned(),
        None => bare.trim_end_matches('\'').to_owned(),
    }
}

/// Rough sentence spans in code points: good enough to ask whether two stretches lie in one sentence.
fn sentences(text: &str, points: &CodePoints) -> Vec<(usize, usize)> {
    static BREAK: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new("(?<=[.!?\u{201d}\"])\\s+(?=[\"\u{201c}\u{ab}\u{2013}\\-\\[A-Z\u{c5}\u{c6}\u{d8}])|\\n+").ok()
    });
    let mut spans = Vec::new();
    let mut start = 0;
    for found in BREAK
        .as_ref()
        .into_iter()
        .flat_map(|pattern| pattern.find_iter(text))
        .flatten()
    {
        if found.start() > start {
            spans.push(points.of(Span::new(start, found.start())));
        }
        start = found.end();
    }
    if start < text.len() {
        spans.push(points.of(Span::new(start, text.len())));
    }
    spans
}
