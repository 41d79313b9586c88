//! From what an input says to an article: fields checked, language settled, paragraphs and what is set aside found,
//! mentions translated from code points. Every format ends here, so every article obeys the same rules.

use super::{
    ReadOptions, credits,
    error::{Place, Problem, ReadError},
    fields::Fields,
    language::{self, Detected},
    markdown, marks,
    mentions::{self, RawMention},
    paragraphs,
};
use crate::{
    document::{Article, Lang},
    text::{Aligned, Span},
};

/// More bytes than this tell no more about the language.
const LANGUAGE_BYTES: usize = 4_000;

/// An article before anything is checked.
#[derive(Debug)]
pub(super) struct Draft {
    /// Where it stands.
    pub(super) place: Place,
    /// Its id if the fields give none.
    pub(super) id: String,
    /// What the input says of it.
    pub(super) fields: Fields,
    /// The text; line ends as the input has them.
    pub(super) text: String,
    /// How its paragraphs are found.
    pub(super) layout: Layout,
    /// The input's own mentions.
    pub(super) mentions: Option<Vec<RawMention>>,
}

/// How the paragraphs of a text are found.
#[derive(Debug)]
pub(super) enum Layout {
    /// By lines.
    Plain,
    /// By the rules of Markdown.
    Markdown,
    /// They are known.
    Known(Vec<Span>),
}

impl Draft {
    /// Checks it all. The first thing that is wrong is the error.
    pub(super) fn finish(self, options: &ReadOptions) -> Result<Article, ReadError> {
        let Self {
            place,
            id,
            mut fields,
            text,
            layout,
            mentions,
        } = self;
        if text.trim().is_empty() {
            return Err(place.error(Problem::Empty));
        }
        let mentions = mentions
            .map(|raw| mentions::check(&raw, &text, &place))
            .transpose()?;
        let (text, mentions) = mentions::unify_line_ends(text, mentions);
        let (paragraphs, set_aside) = lay_out(&text, layout);
        if paragraphs.is_empty() {
            return Err(place.error(Problem::Empty));
        }
        let id = fields.take("id").unwrap_or(id);
        let declared = fields.take_lang();
        let lang = match options.lang {
            Some(lang) => lang,
            None => match declared? {
                Some(lang) => lang,
                None => detect(&text, &paragraphs, &set_aside, &place)?,
            },
        };
        let meta = fields.take_metadata()?;
        let extra = fields.into_extra();
        Ok(Article {
            id,
            lang,
            text,
            paragraphs,
            set_aside,
            meta,
            mentions,
            extra,
        })
    }
}

/// The paragraphs of a text, and what is set aside in it.
fn lay_out(text: &str, layout: Layout) -> (Vec<Span>, Vec<Span>) {
    let (paragraphs, mut set_aside) = match layout {
        Layout::Plain => (paragraphs::find(text), Vec::new()),
        Layout::Markdown => markdown::find(text),
        Layout::Known(paragraphs) => (paragraphs, Vec::new()),
    };
    set_aside.extend(marks::find(text));
    let set_aside = marks::join(set_aside);
    let paragraphs = paragraphs
        .into_iter()
        .flat_map(|paragraph| credits::apart(text, paragraph))
        .map(|paragraph| narrow(text, paragraph, &set_aside));
    (
        paragraphs
            .filter(|paragraph| !paragraph.is_empty())
            .collect(),
        set_aside,
    )
}

/// A paragraph without white space and marks at its ends.
fn narrow(text: &str, mut paragraph: Span, set_aside: &[Span]) -> Span {
    loop {
        let trimmed = paragraphs::trim(text, paragraph);
        let from = set_aside.partition_point(|gap| gap.end <= trimmed.start);
        let to = set_aside.partition_point(|gap| gap.start < trimmed.end);
        let mut narrowed = trimmed;
        if let Some(gap) = set_aside.get(from).filter(|gap| gap.start <= trimmed.start) {
            narrowed.start = gap.end.min(trimmed.end);
        }
        if let Some(gap) = to
            .checked_sub(1)
            .and_then(|last| set_aside.get(last))
            .filter(|gap| gap.end >= trimmed.end)
        {
            narrowed.end = gap.start.max(narrowed.start);
        }
        if narrowed == paragraph || narrowed.is_empty() {
            return narrowed;
        }
        paragraph = narrowed;
    }
}

fn detect(
    text: &str,
    paragraphs: &[Span],
    set_aside: &[Span],
    place: &Place,
) -> Result<Lang, ReadError> {
    let mut words = String::new();
    for &paragraph in paragraphs {
        words.push_str(&Aligned::without(text, paragraph, set_aside).text);
        words.push('\n');
        if words.len() > LANGUAGE_BYTES {
            break;
        }
    }
    match language::detect(&words) {
        Detected::Known(lang) => Ok(lang),
        Detected::Other(language) => {
            let how = "seems to be";
            Err(place.error(Problem::UnknownLanguage { language, how }))
        }
        Detected::Unsure => Err(place.error(Problem::UnsureLanguage)),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn article(text: &str, layout: Layout) -> Article {
        let draft = Draft {
            place: Place::of(Path::new("a.txt")),
            id: "a".into(),
            fields: Fields::default(),
            text: text.into(),
            layout,
            mentions: None,
        };
        let options = ReadOptions {
            lang: Some(Lang::En),
            ..ReadOptions::default()
        };
        draft.finish(&options).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let article = article(text, Layout::Plain);
        let found: Vec<&str> = article
            .paragraphs
            .iter()
            .map(|span| span.slice(text))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn paragraphs_begin_and_end_with_words() {
        check(
            "[1][2] Calls rose.[3]\n[4]\n\u{feff} End [5]",
            &["Calls rose.", "End"],
        );
    }

    #[test]
    fn a_text_of_marks_alone_is_empty() {
        let draft = Draft {
            place: Place::of(Path::new("a.txt")),
            id: "a".into(),
            fields: Fields::default(),
            text: "[1]\n\n[2]".into(),
            layout: Layout::Plain,
            mentions: None,
        };
        assert_eq!(
            draft.finish(&ReadOptions::default()).unwrap_err().kind(),
            "empty"
        );
    }

    #[test]
    fn markdown_marks_and_citation_marks_are_both_set_aside() {
        let text = "# A **deal**[1]\n\n[2]";
        let article = article(text, Layout::Markdown);
        assert_eq!(article.paragraphs.len(), 1);
        let kept = Aligned::without(text, article.paragraphs[0], &article.set_aside);
        assert_eq!(kept.text, "A deal");
    }
}
