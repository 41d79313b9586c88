//! A page to its readable text: readability (the crate dom_smoothie) finds the article, its block elements become
//! paragraphs with a blank line between them, and what the page says of itself becomes fields. Where readability finds
//! nothing, the body is read. Offsets are into the readable text.

use std::sync::OnceLock;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Metadata, Readability};
use regex::Regex;

use super::{
    error::{Place, Problem, ReadError},
    fields::Fields,
};
use crate::{document::PartialDate, text::Span};

/// Browsers nest no deeper than this either; parsers and walkers slow down or overflow beyond.
const DEEPEST: usize = 512;

/// Elements that are no part of what a reader reads.
const HIDDEN: [&str; 17] = [
    "script", "style", "noscript", "template", "svg", "math", "head", "title", "iframe", "object",
    "button", "select", "textarea", "canvas", "audio", "video", "map",
];
/// Parts of a page around its article.
const AROUND: [&str; 4] = ["nav", "footer", "aside", "form"];
/// Elements that stand in a line of text; all others begin and end a paragraph.
const INLINE: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "input", "ins", "kbd", "label", "mark", "meter", "output", "picture", "q",
    "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "u", "var",
];

/// What a page holds.
#[derive(Debug)]
pub(super) struct Page {
    /// What it says of itself.
    pub(super) fields: Fields,
    /// The readable text.
    pub(super) text: String,
    /// The paragraphs in it.
    pub(super) paragraphs: Vec<Span>,
}

/// Reads a page; its text may come out empty. An error if it is nested beyond all sense.
pub(super) fn read(html: &str, place: &Place) -> Result<Page, ReadError> {
    if nesting(html) > DEEPEST {
        return Err(place.error(Problem::Nested { limit: DEEPEST }));
    }
    let mut readability = Readability::from(html);
    let fields = fields(&readability, place);
    let mut blocks = match readability.parse() {
        Ok(article) => blocks(&Document::from(article.content.as_ref()).root(), &HIDDEN),
        Err(_) => Vec::new(),
    };
    if blocks.is_empty() {
        let skipped: Vec<&str> = HIDDEN.iter().chain(&AROUND).copied().collect();
        blocks = self::blocks(&Document::from(html).root(), &skipped);
    }
    let (text, paragraphs) = set_apart(&blocks);
    Ok(Page {
        fields,
        text,
        paragraphs,
    })
}

/// What the page says of itself, in meta elements and JSON-LD. A date that is none is left out: it is not the reader's.
fn fields(page: &Readability, place: &Place) -> Fields {
    let Metadata {
        title,
        site_name,
        published_time,
        lang,
        url,
        ..
    } = page.get_article_metadata(page.parse_json_ld());
    let address = |selector, attribute| {
        page.doc
            .select_single(selector)
            .attr(attribute)
            .map(|url| url.to_string())
    };
    let url = url
        .or_else(|| address("link[rel=canonical]", "href"))
        .or_else(|| address("meta[property='og:url']", "content"));
    let date = published_time.filter(|date| date.parse::<PartialDate>().is_ok());
    let mut fields = Fields::default();
    fields.set("title", &one_line(&title), place);
    for (name, value) in [
        ("publisher", site_name),
        ("date", date),
        ("lang", lang),
        ("url", url),
    ] {
        fields.set(name, &one_line(&value.unwrap_or_default()), place);
    }
    fields
}

/// The words of the block elements under `root`, one line each, empty ones left out. It walks without recursion.
fn blocks(root: &NodeRef, skipped: &[&str]) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut next = Some((*root).clone());
    while let Some(node) = next {
        let name = node.node_name();
        let name = name.as_deref().unwrap_or("");
        if node.is_text() {
            push_text(&mut blocks, &node.text());
        } else if node.is_element() && !INLINE.contains(&name) {
            blocks.push(String::new());
        }
        let enter = !skipped.contains(&name);
        next = node
            .first_child()
            .filter(|_| enter)
            .or_else(|| leave(node, root, &mut blocks));
    }
    let lines = blocks.iter().map(|block| one_line(block));
    lines.filter(|line| !line.is_empty()).collect()
}

/// The node that follows `node` and all that is in it; the block elements that end on the way end their paragraphs.
fn leave<'a>(node: NodeRef<'a>, root: &NodeRef, blocks: &mut Vec<String>) -> Option<NodeRef<'a>> {
    let mut node = node;
    loop {
        let is_block = node
            .node_name()
            .is_some_and(|name| !INLINE.contains(&name.as_ref()));
        if node.is_element() && is_block {
            blocks.push(String::new());
        }
        if node.id == root.id {
            return None;
        }
        match node.next_sibling() {
            Some(next) => return Some(next),
            None => node = node.parent()?,
        }
    }
}

fn push_text(blocks: &mut [String], text: &str) {
    if let Some(block) = blocks.last_mut() {
        block.push_str(text);
    }
}

/// The text with each run of white space as one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn set_apart(blocks: &[String]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut paragraphs = Vec::with_capacity(blocks.len());
    for block in blocks {
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        paragraphs.push(Span::new(text.len(), text.len() + block.len()));
        text.push_str(block);
    }
    (text, paragraphs)
}

/// How deep the elements seem to be nested, by the tags alone: parsing itself takes too long on what this refuses.
/// Elements whose end may be left out are not counted.
fn nesting(html: &str) -> usize {
    static TAG: OnceLock<Regex> = OnceLock::new();
    let tag = TAG.get_or_init(|| {
        Regex::new(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>").expect("the pattern of tags")
    });
    let (mut depth, mut deepest) = (0_usize, 0);
    for found in tag.captures_iter(html) {
        let name = found[2].to_ascii_lowercase();
        if MAY_STAY_OPEN.contains(&name.as_str()) || !found[3].is_empty() {
            continue;
        }
        depth = if found[1].is_empty() {
            depth + 1
        } else {
            depth.saturating_sub(1)
        };
        deepest = deepest.max(depth);
    }
    deepest
}

/// Elements without an end tag, or whose end tag may be left out.
const MAY_STAY_OPEN: [&str; 33] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
    "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rb", "rp", "rt",
    "rtc", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn page(html: &str) -> Page {
        read(html, &Place::of(Path::new("a.html"))).unwrap()
    }

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let page = page(html);
        let words: Vec<&str> = page
            .paragraphs
            .iter()
            .map(|span| span.slice(&page.text))
            .collect();
        assert_eq!(words, expected);
        assert_eq!(page.text, expected.join("\n\n"));
    }

    #[test]
    fn blocks_become_paragraphs() {
        check(
            "<body><p>One <b>bold</b>\n word.</p><p>Two&nbsp;<a href=x>links</a><br>and a line</p><ul><li>Item</ul>",
            &["One bold word.", "Two links", "and a line", "Item"],
        );
        check(
            "<div>Loose <div>inner</div> end</div>",
            &["Loose", "inner", "end"],
        );
        check(
            "<p>A</p><script>var a = 'no';</script><style>p {}</style>",
            &["A"],
        );
        check("", &[]);
        check("<table><tr><td>a<td>b</table>", &["a", "b"]);
    }

    #[test]
    fn a_page_tells_of_itself() {
        let html = r#"<html lang="nb-NO"><head><title>Avtale i havn - Avisa</title>
            <meta property="og:site_name" content="Avisa"><meta property="article:published_time" content="2024-05-01T10:00:00+02:00">
            <link rel="canonical" href="https://avisa.example/1"></head><body><article><p>Partene er enige.</p></article></body></html>"#;
        let mut fields = page(html).fields;
        assert_eq!(
            fields.take_lang().unwrap().map(crate::document::Lang::tag),
            Some("nb")
        );
        let metadata = fields.take_metadata().unwrap();
        assert_eq!(metadata.date.unwrap().to_string(), "2024-05-01");
        assert_eq!(metadata.publisher.as_deref(), Some("Avisa"));
        assert_eq!(metadata.url.as_deref(), Some("https://avisa.example/1"));
        assert!(metadata.title.unwrap().starts_with("Avtale i havn"));
    }

    #[test]
    fn json_ld_is_read() {
        let html = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
            "headline": "A deal", "datePublished": "2024-05-01", "publisher": {"name": "The Paper"}}</script><p>Text here.</p>"#;
        let metadata = page(html).fields.take_metadata().unwrap();
        assert_eq!(metadata.title.as_deref(), Some("A deal"));
        assert_eq!(metadata.publisher.as_deref(), Some("The Paper"));
        assert_eq!(metadata.date.unwrap().to_string(), "2024-05-01");
    }

    #[test]
    fn dates_that_are_none_are_left_out() {
        let html = r#"<meta property="article:published_time" content="yesterday"><p>Text</p>"#;
        assert_eq!(page(html).fields.take_metadata().unwrap().date, None);
    }

    #[test]
    fn nesting_beyond_sense_is_refused() {
        let deep =
            |depth: usize| format!("{}words{}", "<div>".repeat(depth), "</div>".repeat(depth));
        assert_eq!(page(&deep(500)).text, "words");
        let error = read(&deep(200_000), &Place::of(Path::new("a.html"))).unwrap_err();
        assert_eq!(error.kind(), "nested-too-deep");
        assert_eq!(nesting(&"<p>a<br>".repeat(1000)), 0);
        assert_eq!(nesting(&"<b>a</b><img/>".repeat(1000)), 1);
    }
}
