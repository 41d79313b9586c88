//! Where the paragraphs of a Markdown text lie, and which of its characters are marks and no words. The text stays as
//! it is: the marks (of headings, lists, emphasis, links, escapes) are set aside. Code, tables, HTML and rules are no
//! paragraphs. A line break ends a paragraph as it does in plain text, unless the file is hard-wrapped.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{marks, paragraphs};
use crate::text::Span;

/// The paragraphs, and the marks inside them; both in order.
pub(super) fn find(text: &str) -> (Vec<Span>, Vec<Span>) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut reader = Reader {
        text,
        wrapped: paragraphs::hard_wrap(text).is_some(),
        open: Vec::new(),
        hidden: 0,
        kept: Vec::new(),
        paragraphs: Vec::new(),
        marks: Vec::new(),
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, range);
    }
    reader.end_paragraph();
    (reader.paragraphs, reader.marks)
}

struct Reader<'a> {
    text: &'a str,
    wrapped: bool,
    /// For each element that is open, whether its text is no prose.
    open: Vec<bool>,
    /// How many of those there are.
    hidden: usize,
    /// The words of the paragraph that is being read.
    kept: Vec<Span>,
    paragraphs: Vec<Span>,
    marks: Vec<Span>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(_) => self.keep(Span::new(range.start, range.end)),
            Event::Code(_) => self.keep(self.inside_ticks(range)),
            Event::SoftBreak if self.wrapped => self.keep(Span::new(range.start, range.end)),
            Event::SoftBreak | Event::HardBreak | Event::Rule => self.end_paragraph(),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.end_paragraph(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        if !is_inline(tag.to_end()) {
            self.end_paragraph();
        }
        self.open.push(is_hidden(tag));
        self.hidden += usize::from(is_hidden(tag));
    }

    fn end(&mut self, tag: TagEnd) {
        if !is_inline(tag) {
            self.end_paragraph();
        }
        if self.open.pop() == Some(true) {
            self.hidden -= 1;
        }
    }

    fn keep(&mut self, span: Span) {
        if self.hidden == 0 && !span.is_empty() {
            self.kept.push(span);
        }
    }

    fn inside_ticks(&self, range: Range<usize>) -> Span {
        let code = &self.text[range.clone()];
        let ticks = code.len() - code.trim_start_matches('`').len();
        Span::new(range.start + ticks, range.end.saturating_sub(ticks))
    }

    fn end_paragraph(&mut self) {
        let kept = std::mem::take(&mut self.kept);
        let (Some(first), Some(last)) = (kept.first(), kept.last()) else {
            return;
        };
        let paragraph = paragraphs::trim(self.text, first.cover(*last));
        if paragraph.is_empty() {
            return;
        }
        let gaps = kept.windows(2);
        let gaps = gaps.map(|pair| Span::new(pair[0].end, pair[1].start));
        let gaps = gaps.filter(|gap| !gap.is_empty());
        self.marks
            .extend(gaps.map(|gap| marks::without_double_space(self.text, gap)));
        self.paragraphs.push(paragraph);
    }
}

/// Elements whose text is no prose. Text that is only indented is; people indent paragraphs.
fn is_hidden(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::CodeBlock(CodeBlockKind::Fenced(_))
            | Tag::HtmlBlock
            | Tag::Table(_)
            | Tag::Image { .. }
            | Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            }
    )
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Aligned;

    /// What the language runtime is given of each paragraph.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (paragraphs, marks) = find(text);
        let words: Vec<String> = paragraphs
            .iter()
            .map(|&paragraph| Aligned::without(text, paragraph, &marks).text)
            .collect();
        assert_eq!(words, expected);
        assert!(marks.iter().all(|mark| !mark.slice(text).is_empty()));
    }

    #[test]
    fn marks_are_set_aside() {
        check(
            "# A *new* deal #\n\nThe **two** sides_x `met`.",
            &["A new deal", "The two sides_x met."],
        );
        check(
            "See [the pact](https://example.org/a_b \"t\") and [that][1].\n\n[1]: https://example.org",
            &["See the pact and that."],
        );
        check(
            "5 \\* 3 <https://example.org> ![alt](x.png)done",
            &["5 * 3 done"],
        );
        check(
            "Old\n===\n\n- one\n- two\n  1. three\n\n> said",
            &["Old", "one", "two", "three", "said"],
        );
    }

    #[test]
    fn what_is_no_prose_is_no_paragraph() {
        check(
            "Before\n\n```rust\nlet a;\n```\n\n***\n\n|a|b|\n|-|-|\n|c|d|\n\n<div>x</div>\n\nAfter",
            &["Before", "After"],
        );
        check(
            "    An indented beginning.\n\nThen more.",
            &["An indented beginning.", "Then more."],
        );
        check("", &[]);
    }

    #[test]
    fn a_line_break_ends_a_paragraph_unless_wrapped() {
        check(
            "One.\nTwo.  \nThree.<br>Four.",
            &["One.", "Two.", "Three.", "Four."],
        );
        let wrapped = "> The council met in the old town hall on Monday, and it\n> was late in the night before the last of the members\n> had spoken. Nobody left before the vote was taken, as\n> the chair had asked.";
        check(wrapped, &[&wrapped.replace("> ", "")]);
    }

    #[test]
    fn citation_marks_stay_text() {
        check("It fell.[29][30] [a]", &["It fell.[29][30] [a]"]);
    }
}
