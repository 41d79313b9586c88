//! A page to its readable text: readability (the crate `dom_smoothie`) finds the article, its block elements become
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

/// Readability takes time with the cube of the nesting, and overflows its stack in the end; browsers stop here too.
/// What is nested deeper is read without it.
const DEEPEST: usize = 512;
/// The parser takes time with the square of the nesting: at this depth about a second. More is refused.
const DEEPEST_PARSED: usize = 10_000;

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
    if nesting(html) > DEEPEST_PARSED {
        let limit = DEEPEST_PARSED;
        return Err(place.error(Problem::Nested { limit }));
    }
    let mut readability = Readability::from(html);
    let fields = fields(&readability, place);
    let mut blocks = Vec::new();
    if depth(&readability.doc.root()) <= DEEPEST
        && let Ok(article) = readability.parse()
    {
        blocks = self::blocks(&Document::from(article.content.as_ref()).root(), &HIDDEN);
    }
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
    let mut next = Some(*root);
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

/// How deep the nodes under `root` are nested.
fn depth(root: &NodeRef) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut node = root.first_child();
    while let Some(at) = node {
        deepest = deepest.max(depth);
        node = at.first_child();
        depth += usize::from(node.is_some());
        let mut left = Some(at);
        while let (None, Some(at)) = (&node, &left) {
            node = at.next_sibling();
            left = if node.is_none() {
                at.parent().filter(|parent| parent.id != root.id)
            } else {
                None
            };
            depth = depth.saturating_sub(usize::from(node.is_none()));
        }
    }
    deepest
}

/// How deep the elements seem to be nested that cost the parser time (those before which a paragraph ends), by their
/// tags alone.
fn nesting(html: &str) -> usize {
    static TAG: OnceLock<Regex> = OnceLock::new();
    let tag = TAG.get_or_init(|| {
        let names = "address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure|footer|\
            form|h[1-6]|header|hgroup|listing|main|menu|nav|ol|pre|search|section|summary|ul|xmp";
        let pattern = format!(r"(?i)<(/?)(?:{names})[\s/>]");
        Regex::new(&pattern).expect("the pattern of tags is the program's own")
    });
    let (mut depth, mut deepest) = (0_usize, 0);
    for found in tag.captures_iter(html) {
        depth = if found[1].is_empty() {
            depth + 1
        } else {
            depth.saturating_sub(1)
        };
        deepest = deepest.max(depth);
    }
    deepest
}

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
    fn deep_nesting_is_read_while_it_can_be() {
        let deep = |depth: usize, tag: &str| format!("{}words", tag.repeat(depth));
        assert_eq!(page(&deep(500, "<div>")).text, "words");
        assert_eq!(page(&deep(5_000, "<div>")).text, "words");
        assert_eq!(page(&deep(100_000, "<x/>")).text, "words");
        let error = read(&deep(200_000, "<div/>"), &Place::of(Path::new("a.html"))).unwrap_err();
        assert_eq!(error.kind(), "nested-too-deep");
    }

    #[test]
    fn depth_is_counted() {
        let of = |html: &str| depth(&Document::from(html).root());
        let flat = of("<p>a");
        assert_eq!(of("<div><p>a</p></div><p>b</p><p>c</p>"), flat + 1);
        assert_eq!(of(&"<p>a</p>".repeat(1000)), flat);
        assert_eq!(of(&"<div><i>a</i></div>".repeat(1000)), flat + 1);
    }
}
