//! Reads `config.cfg`: sections of `key = JSON value`, with `${section.key}` and `${section.sub:key}` standing for a value
//! elsewhere. Gives the values that the runtime asks for; what it does not ask for (training, corpora) is never looked at.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::error::{LoadError, read_file};

/// How many references may follow each other; more is a circle.
const MAX_REFERENCES: usize = 16;

/// The values of a `config.cfg`.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    path: PathBuf,
    sections: BTreeMap<String, BTreeMap<String, String>>,
}

impl Config {
    /// Reads `config.cfg` of the pipeline directory `folder`.
    pub(crate) fn load(folder: &Path) -> Result<Self, LoadError> {
        let path = folder.join("config.cfg");
        let bytes = read_file(&path)?;
        let text =
            String::from_utf8(bytes).map_err(|_| LoadError::malformed(&path, "it is not UTF-8"))?;
        Self::parse(&text, &path)
    }

    /// Parses the text of a `config.cfg`; `path` is for errors.
    pub(crate) fn parse(text: &str, path: &Path) -> Result<Self, LoadError> {
        let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut section: Option<String> = None;
        let mut last_key: Option<String> = None;
        for (number, line) in text.lines().enumerate() {
            let wrong =
                |what: &str| LoadError::malformed(path, format!("line {}: {what}", number + 1));
            let content = line.trim();
            if content.is_empty() || content.starts_with(['#', ';']) {
                continue;
            }
            if line.starts_with('[') {
                let name = content
                    .strip_prefix('[')
                    .and_then(|rest| rest.strip_suffix(']'));
                let name = name.ok_or_else(|| wrong("the section's name does not end"))?;
                sections.entry(name.to_owned()).or_default();
                section = Some(name.to_owned());
                last_key = None;
                continue;
            }
            let values = section.as_ref().and_then(|name| sections.get_mut(name));
            let values = values.ok_or_else(|| wrong("a value before the first section"))?;
            let continued = last_key.as_ref().filter(|_| line.starts_with([' ', '\t']));
            if let Some(value) = continued.and_then(|key| values.get_mut(key)) {
                value.push('\n');
                value.push_str(content);
                continue;
            }
            let (key, value) = content
                .split_once('=')
                .ok_or_else(|| wrong("neither section nor `key = value`"))?;
            values.insert(key.trim().to_owned(), value.trim().to_owned());
            last_key = Some(key.trim().to_owned());
        }
        Ok(Self {
            path: path.to_owned(),
            sections,
        })
    }

    /// The file, for errors.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a section of that name exists, on its own or as a value of the section around it.
    pub(crate) fn has_section(&self, section: &str) -> bool {
        self.sections.contains_key(section)
            || self.inline(section).is_ok_and(|value| value.is_object())
    }

    /// The value of `key`, references followed; null when there is none.
    pub(crate) fn get(&self, section: &str, key: &str) -> Result<Value, LoadError> {
        let (mut section, mut key) = (section.to_owned(), key.to_owned());
        for _ in 0..MAX_REFERENCES {
            let Some(values) = self.sections.get(&section) else {
                return Ok(self
                    .inline(&section)?
                    .get(&key)
                    .cloned()
                    .unwrap_or_default());
            };
            let Some(raw) = values.get(&key) else {
                return Ok(Value::Null);
            };
            let Some(target) = raw
                .strip_prefix("${")
                .and_then(|rest| rest.strip_suffix('}'))
            else {
                return self.json(raw, &section, &key);
            };
            (section, key) = self.reference(target)?;
        }
        Err(LoadError::malformed(
            &self.path,
            format!("the references of {section}.{key} go in a circle"),
        ))
    }

    /// A text value.
    pub(crate) fn text(&self, section: &str, key: &str) -> Result<String, LoadError> {
        let value = self.get(section, key)?;
        value
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| self.wrong(section, key, "text", &value))
    }

    /// A non-negative whole number.
    pub(crate) fn number(&self, section: &str, key: &str) -> Result<usize, LoadError> {
        let value = self.get(section, key)?;
        let number = value
            .as_u64()
            .and_then(|number| usize::try_from(number).ok());
        number.ok_or_else(|| self.wrong(section, key, "a whole number", &value))
    }

    /// True or false; `default` when the key is missing.
    pub(crate) fn flag(&self, section: &str, key: &str, default: bool) -> Result<bool, LoadError> {
        match self.get(section, key)? {
            Value::Null => Ok(default),
            Value::Bool(flag) => Ok(flag),
            other => Err(self.wrong(section, key, "true or false", &other)),
        }
    }

    /// A list of texts; empty when the key is missing.
    pub(crate) fn texts(&self, section: &str, key: &str) -> Result<Vec<String>, LoadError> {
        let value = self.get(section, key)?;
        if value.is_null() {
            return Ok(Vec::new());
        }
        serde_json::from_value(value.clone())
            .map_err(|_| self.wrong(section, key, "a list of texts", &value))
    }

    /// A section that is written as a JSON value within the section around it.
    fn inline(&self, section: &str) -> Result<Value, LoadError> {
        match section.rsplit_once('.') {
            Some((around, key)) => self.get(around, key),
            None => Ok(Value::Null),
        }
    }

    fn json(&self, raw: &str, section: &str, key: &str) -> Result<Value, LoadError> {
        serde_json::from_str(raw).map_err(|error| {
            LoadError::malformed(&self.path, format!("{section}.{key} = {raw}: {error}"))
        })
    }

    fn reference(&self, target: &str) -> Result<(String, String), LoadError> {
        let parts = target.split_once(':').or_else(|| target.rsplit_once('.'));
        let (section, key) = parts.ok_or_else(|| {
            LoadError::malformed(
                &self.path,
                format!("${{{target}}} names no key of a section"),
            )
        })?;
        Ok((section.to_owned(), key.to_owned()))
    }

    fn wrong(&self, section: &str, key: &str, expected: &str, found: &Value) -> LoadError {
        LoadError::malformed(
            &self.path,
            format!("{section}.{key} should be {expected}, but is {found}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, LoadError> {
        Config::parse(text, Path::new("config.cfg"))
    }

    #[test]
    fn follows_both_forms_of_reference() {
        let config = parse(
            "[a]\nx = ${b.c:width}\ny = ${b.z}\n\n[b]\nz = [\"p\",\n  \"q\"]\n[b.c]\nwidth = 96\n",
        )
        .expect("valid");
        assert_eq!(config.number("a", "x").ok(), Some(96));
        assert_eq!(
            config.texts("a", "y").ok(),
            Some(vec!["p".to_owned(), "q".to_owned()])
        );
        assert!(config.flag("a", "missing", true).is_ok_and(|flag| flag));
        assert!(config.has_section("b.c") && !config.has_section("c"));
    }

    #[test]
    fn finds_sections_written_as_values() {
        let config = parse("[nlp]\ntokenizer = {\"@tokenizers\":\"T.v1\"}\n").expect("valid");
        assert_eq!(
            config.text("nlp.tokenizer", "@tokenizers").ok().as_deref(),
            Some("T.v1")
        );
        assert!(config.has_section("nlp.tokenizer") && !config.has_section("nlp.vectors"));
    }

    #[test]
    fn refuses_circles_and_wrong_types() {
        let config = parse("[a]\nx = ${a.y}\ny = ${a.x}\nz = 1\nw = nonsense\n").expect("valid");
        assert!(config.get("a", "x").is_err());
        assert!(config.text("a", "z").is_err());
        assert!(config.get("a", "w").is_err());
        assert!(parse("x = 1").is_err());
        assert!(parse("[a\n").is_err());
        assert!(parse("[a]\nnothing").is_err());
    }
}
